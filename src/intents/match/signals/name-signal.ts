import Fuse from 'fuse.js';
import type { Knowledge, Signal } from '../knowledge.js';
import type { Lexicon } from '../lexicon.js';
import type { Vocabulary } from '../vocabulary.js';

interface Name {
  readonly name: string;
  readonly concept: string;
}

export interface NameParts {
  readonly vocabulary: Vocabulary;
  readonly lexicon: Lexicon;
}

/** A look-up costs a third of a millisecond; more unknown words than this are no longer slips. */
const MOST_WORDS = 2;

/** Words that are still unknown after correction, looked up among the names of the field with Fuse. */
export function nameSignal(knowledge: Knowledge, { vocabulary, lexicon }: NameParts): Signal {
  const fuse = new Fuse(namesIn(vocabulary.subjects), {
    keys: ['name'],
    threshold: 0.4,
    distance: 10,
    minMatchCharLength: 3,
    includeScore: true,
  });
  const shares = conceptShares(knowledge);
  return {
    name: 'names',
    score: ({ analysis }) => {
      const result = new Float64Array(knowledge.intents.length);
      const slips = analysis.unknown.filter((word) => isName(word) && !lexicon.isCommon(word));
      for (const word of slips.slice(0, MOST_WORDS)) {
        const [hit] = fuse.search(word, { limit: 1 });
        const perEntry = hit === undefined ? undefined : shares.get(hit.item.concept);
        if (perEntry === undefined) continue;
        for (let entry = 0; entry < result.length; entry++) {
          result[entry] = (result[entry] ?? 0) + (perEntry[entry] ?? 0) * (1 - (hit?.score ?? 1));
        }
      }
      return result;
    },
  };
}

function isName(word: string): boolean {
  return word.length >= 5 && word.length <= 24 && /^[a-z]/.test(word);
}

/** Single words only: the fewer names, the faster, and longer phrases are found by their words. */
function namesIn(subjects: Vocabulary['subjects']): readonly Name[] {
  return Object.entries(subjects).flatMap(([concept, aliases]) =>
    [...new Set([concept.replaceAll('-', ''), ...aliases.map((alias) => alias.toLowerCase())])]
      .filter((name) => /^[a-z]{5,18}$/.test(name))
      .map((name) => ({ name, concept })),
  );
}

function conceptShares({ intents, phrasings }: Knowledge): ReadonlyMap<string, Float64Array> {
  const shares = new Map<string, Float64Array>();
  for (const { entry, analysis } of phrasings) {
    for (const concept of analysis.concepts) {
      const perEntry = shares.get(concept) ?? new Float64Array(intents.length);
      perEntry[entry] = (perEntry[entry] ?? 0) + 1;
      shares.set(concept, perEntry);
    }
  }
  for (const perEntry of shares.values()) {
    const most = Math.max(...perEntry);
    perEntry.forEach((count, entry) => {
      perEntry[entry] = count / most;
    });
  }
  return shares;
}
