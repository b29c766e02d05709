import stemmers from 'snowball-stemmers';

export type Stem = (word: string) => string;

const REMEMBERED = 20_000;

/** An English Snowball stemmer that remembers what it stemmed: stemming costs microseconds, a look-up does not. */
export function createStemmer(): Stem {
  const snowball = stemmers.newStemmer('english');
  const known = new Map<string, string>();
  return (word) => {
    const before = known.get(word);
    if (before !== undefined) return before;
    const stem = /\d/.test(word) || word.length < 4 ? plural(word) : snowball.stem(word);
    if (known.size < REMEMBERED) known.set(word, stem);
    return stem;
  };
}

/** `ips` is `ip`, `v2` stays `v2`. */
function plural(word: string): string {
  return word.length === 3 && word.endsWith('s') && !word.endsWith('ss') && word !== 'dns' && word !== 'has'
    ? word.slice(0, -1)
    : word;
}
