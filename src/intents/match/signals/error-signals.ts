import type { Knowledge, Signal } from '../knowledge.js';
import type { Stem } from '../words/create-stemmer.js';
import { functionWords } from '../words/function-words.js';
import type { Sift } from '../words/generic-texts.js';
import { splitWords } from '../words/split-words.js';

/** A literal error text: fragments that must follow one another, cut at `…`. */
interface ErrorText {
  readonly entry: number;
  readonly fragments: readonly string[];
  readonly letters: number;
  readonly stems: readonly string[];
}

interface ErrorParts {
  readonly stem: Stem;
  readonly sift: Sift;
}

/** Letters that must be left of an error text without what components print alike. */
const SHORTEST = 6;

/** Error texts and log lines anywhere in a paste: word for word, and nearly so. */
export function errorSignals(knowledge: Knowledge, { stem, sift }: ErrorParts): readonly Signal[] {
  const isTelling = (text: string): boolean => normalised(sift(text).text).length >= SHORTEST;
  const errors = knowledge.intents.flatMap((intent, entry) =>
    intent.errors.filter(isTelling).map((text) => errorText(entry, text, stem)),
  );
  const rarity = stemRarity(errors);
  return [
    {
      name: 'error-text',
      score: ({ analysis }) => {
        const text = ` ${normalised(analysis.everything)} `;
        return strongest(knowledge, errors, (error) => (contains(text, error.fragments) ? 1 : 0));
      },
    },
    {
      name: 'error-words',
      score: ({ analysis }) => {
        const present = new Set(analysis.stems);
        return strongest(knowledge, errors, (error) => shareOf(error, present, rarity));
      },
    },
  ];
}

function errorText(entry: number, text: string, stem: Stem): ErrorText {
  const fragments = text.split('…').map(normalised).filter(Boolean);
  const words = splitWords(text).map((word) => word.text);
  return {
    entry,
    fragments,
    letters: fragments.join('').length,
    stems: [...new Set(words.filter((word) => !functionWords.has(word)).map(stem))],
  };
}

/** Letters, digits and single spaces; quotes, punctuation and line breaks differ between where a message is copied from. */
function normalised(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

function contains(text: string, fragments: readonly string[]): boolean {
  let from = 0;
  for (const fragment of fragments) {
    const at = text.indexOf(fragment, from);
    if (at === -1) return false;
    from = at + fragment.length;
  }
  return fragments.length > 0;
}

/** Entries whose longest found text is much shorter than the longest of all get less. */
function strongest(
  { intents }: Knowledge,
  errors: readonly ErrorText[],
  scoreOf: (error: ErrorText) => number,
): Float64Array {
  const result = new Float64Array(intents.length);
  for (const error of errors) {
    const score = scoreOf(error);
    if (score === 0) continue;
    const weighted = score * Math.min(1, 0.4 + error.letters / 50);
    result[error.entry] = Math.max(result[error.entry] ?? 0, weighted);
  }
  return result;
}

function stemRarity(errors: readonly ErrorText[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { stems } of errors) for (const one of stems) counts.set(one, (counts.get(one) ?? 0) + 1);
  return new Map([...counts].map(([one, count]) => [one, Math.log(1 + errors.length / count)]));
}

/** The share of an error's words that the question has; short errors need all of them. */
function shareOf(
  error: ErrorText,
  present: ReadonlySet<string>,
  rarity: ReadonlyMap<string, number>,
): number {
  if (error.stems.length < 2) return 0;
  let found = 0;
  let all = 0;
  for (const one of error.stems) {
    const weight = rarity.get(one) ?? 0;
    all += weight;
    if (present.has(one)) found += weight;
  }
  const share = found / all;
  return share < 0.5 ? 0 : share * share;
}
