import { distance } from 'fastest-levenshtein';

interface Candidate {
  readonly word: string;
  /** A bit for each letter the word has. */
  readonly letters: number;
}

/** The words that questions are expected to use; corrects what is a slip of one of them. */
export class Lexicon {
  /** Word -> how much it counts: words of the field before the others, then the more frequent. */
  readonly #weights = new Map<string, number>();
  readonly #buckets = new Map<string, Candidate[]>();
  readonly #answers = new Map<string, string | undefined>();
  readonly #common: ReadonlySet<string>;

  /** `common`: English words that are what they say, although the field does not use them. */
  constructor(common: ReadonlySet<string>) {
    this.#common = common;
  }

  add(word: string, weight: number): void {
    const before = this.#weights.get(word);
    this.#weights.set(word, (before ?? 0) + weight);
    if (before !== undefined || word.length < 4 || /\d/.test(word)) return;
    const key = bucketOf(word[0] ?? '', word.length);
    const bucket = this.#buckets.get(key);
    const candidate = { word, letters: lettersOf(word) };
    if (bucket === undefined) this.#buckets.set(key, [candidate]);
    else bucket.push(candidate);
  }

  has(word: string): boolean {
    return this.#weights.has(word);
  }

  /** 1 = a single phrasing has the word, and nothing else. */
  weightOf(word: string): number {
    return this.#weights.get(word) ?? 0;
  }

  /** The word meant, or undefined: known words, short ones and those with digits are never touched. */
  correct(word: string): string | undefined {
    if (this.#weights.has(word) || !/^[a-z]{3,24}$/.test(word)) return undefined;
    if (this.#answers.has(word)) return this.#answers.get(word);
    const answer = this.isCommon(word) ? undefined : this.#nearest(word);
    if (this.#answers.size < 5000) this.#answers.set(word, answer);
    return answer;
  }

  /** Whether it is an English word, or a form of one. */
  isCommon(word: string): boolean {
    if (this.#common.has(word)) return true;
    return ENDINGS.some(
      ([ending, base]) =>
        word.endsWith(ending) && this.#common.has(word.slice(0, word.length - ending.length) + base),
    );
  }

  #nearest(word: string): string | undefined {
    const limit = word.length >= 8 ? 2 : 1;
    const best: Best = { word: undefined, rank: 0 };
    for (const letter of new Set([word[0] ?? '', word[1] ?? ''])) {
      for (let length = word.length - limit; length <= word.length + limit; length++) {
        this.#search(word, this.#buckets.get(bucketOf(letter, length)) ?? [], best);
      }
    }
    return best.word;
  }

  #search(word: string, candidates: readonly Candidate[], best: Best): void {
    const limit = word.length >= 8 ? 2 : 1;
    const letters = lettersOf(word);
    for (const candidate of candidates) {
      if (bitCount(letters ^ candidate.letters) > 2 * limit) continue;
      const slips = slipsBetween(word, candidate.word);
      if (slips > limit) continue;
      const rank = (this.#weights.get(candidate.word) ?? 0) / 10 ** (slips * 3);
      if (rank > best.rank) Object.assign(best, { word: candidate.word, rank });
    }
  }
}

/** What English adds to a word, and what it took off before. */
const ENDINGS: readonly (readonly [ending: string, base: string])[] = [
  ['s', ''],
  ['es', ''],
  ['ies', 'y'],
  ['d', ''],
  ['ed', ''],
  ['ing', ''],
  ['ing', 'e'],
  ['er', ''],
  ['ly', ''],
  ['able', ''],
];

interface Best {
  word: string | undefined;
  rank: number;
}

function bucketOf(letter: string, length: number): string {
  return `${letter}${length}`;
}

function lettersOf(word: string): number {
  let bits = 0;
  for (let at = 0; at < word.length; at++) bits |= 1 << (word.charCodeAt(at) - 97);
  return bits;
}

function bitCount(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++;
  return count;
}

/** Levenshtein distance that counts two letters in the wrong order as one slip. */
function slipsBetween(a: string, b: string): number {
  const plain = distance(a, b);
  return plain === 2 && a.length === b.length && isTransposed(a, b) ? 1 : plain;
}

function isTransposed(a: string, b: string): boolean {
  const at = [...a].findIndex((letter, index) => letter !== b[index]);
  return a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2);
}
