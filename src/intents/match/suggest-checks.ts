import type { Vocabulary } from './data/vocabulary.js';
import type { Analysis } from './words/analyze.js';

const MOST = 4;

/** The checks that can see what a message tells of, from `observable` in the vocabulary. */
export function createSuggestChecks({ observable }: Vocabulary): (analysis: Analysis) => readonly string[] {
  return ({ concepts, foreign, named }) => {
    if (foreign.length > 0 || named.others.length > 0) return [];
    return [
      ...new Set(
        Object.entries(observable).flatMap(([name, checks]) => (concepts.includes(name) ? checks : [])),
      ),
    ].slice(0, MOST);
  };
}
