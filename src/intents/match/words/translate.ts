/** Puts the field's words in the place of terms of another script. */
export type Translate = (text: string) => string;

const HAN = /\p{Script=Han}/u;

/** `terms`: letters and digits only, and what they stand for; of two that begin alike the longer one is meant. */
export function createTranslate(terms: Readonly<Record<string, string>>): Translate {
  const known = new Map(Object.entries(terms).map(([term, words]) => [term.toLowerCase(), words]));
  if (known.size === 0) return (text) => text;
  const longestFirst = [...known.keys()].sort((a, b) => b.length - a.length);
  const pattern = new RegExp(longestFirst.join('|'), 'giu');
  return (text) =>
    HAN.test(text) ? text.replace(pattern, (term) => ` ${known.get(term.toLowerCase()) ?? term} `) : text;
}
