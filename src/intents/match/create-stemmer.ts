import { stemEnglish } from './stem-english.js';

export type Stem = (word: string) => string;

const REMEMBERED = 20_000;

/** A stemmer that remembers what it stemmed; words with digits and short ones keep all but a plural. */
export function createStemmer(): Stem {
  const known = new Map<string, string>();
  return (word) => {
    const before = known.get(word);
    if (before !== undefined) return before;
    const stem = /\d/.test(word) || word.length < 4 ? plural(word) : stemEnglish(word);
    if (known.size < REMEMBERED) known.set(word, stem);
    return stem;
  };
}

const NO_PLURALS = new Set(['dns', 'has', 'was', 'its', 'yes', 'gas', 'bus']);

/** `ips` is `ip`, `v2` stays `v2`. */
function plural(word: string): string {
  return word.length === 3 && /[^s]s$/.test(word) && !NO_PLURALS.has(word) ? word.slice(0, -1) : word;
}
