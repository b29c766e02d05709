import { distance } from 'fastest-levenshtein';

/** The words that questions are expected to use; corrects what is a slip of one of them. */
export class Lexicon {
  /** Word -> how much it counts: words of the field before the others, then the more frequent. */
  readonly #weights = new Map<string, number>();
  readonly #buckets = new Map<string, string[]>();
  readonly #answers = new Map<string, string | undefined>();

  add(word: string, weight: number): void {
    const before = this.#weights.get(word);
    this.#weights.set(word, (before ?? 0) + weight);
    if (before !== undefined || word.length < 4 || /\d/.test(word)) return;
    const key = bucketOf(word[0] ?? '', word.length);
    const bucket = this.#buckets.get(key);
    if (bucket === undefined) this.#buckets.set(key, [word]);
    else bucket.push(word);
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
    if (this.#weights.has(word) || word.length < 4 || word.length > 24 || !/^[a-z]+$/.test(word))
      return undefined;
    if (this.#answers.has(word)) return this.#answers.get(word);
    const answer = this.#nearest(word);
    if (this.#answers.size < 5000) this.#answers.set(word, answer);
    return answer;
  }

  #nearest(word: string): string | undefined {
    const limit = word.length >= 8 ? 2 : 1;
    let best: { word: string; rank: number } | undefined;
    for (const candidate of this.#candidates(word, limit)) {
      const slips = slipsBetween(word, candidate);
      if (slips > limit) continue;
      const rank = (this.#weights.get(candidate) ?? 0) / 10 ** (slips * 3);
      if (best === undefined || rank > best.rank) best = { word: candidate, rank };
    }
    return best?.word;
  }

  *#candidates(word: string, limit: number): Iterable<string> {
    const first = new Set([word[0] ?? '', word[1] ?? '']);
    for (const letter of first) {
      for (let length = word.length - limit; length <= word.length + limit; length++) {
        yield* this.#buckets.get(bucketOf(letter, length)) ?? [];
      }
    }
  }
}

function bucketOf(letter: string, length: number): string {
  return `${letter}${length}`;
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
