import Fuse from 'fuse.js';
import type { Vocabulary } from '../data/vocabulary.js';
import type { Lexicon } from './lexicon.js';

/** The concept that a word is a mangled name of. */
export type FindMangled = (word: string) => string | undefined;

/** A third of the letters may be wrong; `test/intents/match/mangled-names.test.ts` holds names on both sides. */
const THRESHOLD = 0.34;
const MOST_LONGER = 3;
const REMEMBERED = 2000;

interface Name {
  readonly name: string;
  readonly concept: string;
}

/** Looks a word that correction could not mend up among the names of the field. */
export function createFindMangled(subjects: Vocabulary['subjects'], lexicon: Lexicon): FindMangled {
  const fuse = new Fuse(namesIn(subjects), {
    keys: ['name'],
    threshold: THRESHOLD,
    distance: 10,
    includeScore: true,
  });
  const known = new Map<string, string | undefined>();
  const search = (word: string): string | undefined =>
    fuse.search(word, { limit: 3 }).find(({ item }) => isOfLength(item.name, word))?.item.concept;
  return (word) => {
    if (!isName(word) || lexicon.has(word) || lexicon.isCommon(word)) return undefined;
    if (known.has(word)) return known.get(word);
    const concept = search(word);
    if (known.size < REMEMBERED) known.set(word, concept);
    return concept;
  };
}

const isName = (word: string): boolean => /^[a-z]{6,24}$/.test(word);

const isOfLength = (name: string, word: string): boolean =>
  Math.abs(name.length - word.length) <= MOST_LONGER;

/** Single words only: longer phrases are found by their words, and a letter that differs makes another of a short one. */
function namesIn(subjects: Vocabulary['subjects']): readonly Name[] {
  return Object.entries(subjects).flatMap(([concept, aliases]) =>
    [...new Set([concept.replaceAll('-', ''), ...aliases.map((alias) => alias.toLowerCase())])]
      .filter((name) => /^[a-z]{6,18}$/.test(name))
      .map((name) => ({ name, concept })),
  );
}
