import { stemmer } from 'stemmer';

export type Stem = (word: string) => string;

const REMEMBERED = 20_000;
/** No English word is longer. */
const LONGEST = 40;

/** Porter's stemmer with a memory; words with digits, short ones and runs of letters that are no word keep all but a plural. */
export function createStemmer(): Stem {
  const known = new Map<string, string>();
  return (word) => {
    const before = known.get(word);
    if (before !== undefined) return before;
    const stem = isWord(word) ? stemmer(word) : plural(word);
    if (known.size < REMEMBERED) known.set(word, stem);
    return stem;
  };
}

const isWord = (word: string): boolean => word.length > 3 && word.length <= LONGEST && !/\d/.test(word);

const NO_PLURALS = new Set(['dns', 'has', 'was', 'its', 'yes', 'gas', 'bus']);

/** `ips` is `ip`, `v2` stays `v2`. */
function plural(word: string): string {
  return word.length === 3 && /[^s]s$/.test(word) && !NO_PLURALS.has(word) ? word.slice(0, -1) : word;
}
