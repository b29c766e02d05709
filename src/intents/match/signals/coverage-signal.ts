import type { Knowledge, Query, Signal } from '../knowledge.js';
import { featuresOf } from '../knowledge.js';

/** Pairs are left out: that two words stand side by side is seldom seen twice. */
const KINDS = 2;

/** The share of the question's stems and concepts, by rarity, that an entry's phrasings have at all. */
export function coverageSignal(knowledge: Knowledge): Signal {
  const entries = knowledge.intents.length;
  return {
    name: 'coverage',
    score: ({ analysis, leftOut = -1 }: Query) => {
      const result = new Float64Array(entries);
      let all = 0;
      featuresOf(analysis)
        .slice(0, KINDS)
        .forEach((texts, kind) => {
          for (const text of texts) {
            const having = entriesHaving(
              knowledge,
              knowledge.features.find(kind, text)?.documents ?? [],
              leftOut,
            );
            const rarity = Math.log(1 + entries / Math.max(0.5, having.size));
            all += rarity;
            for (const entry of having) result[entry] = (result[entry] ?? 0) + rarity;
          }
        });
      return result.map((covered) => covered / (all || 1));
    },
  };
}

function entriesHaving(
  { phrasings }: Knowledge,
  documents: readonly number[],
  leftOut: number,
): ReadonlySet<number> {
  const having = new Set<number>();
  for (const document of documents) if (document !== leftOut) having.add(phrasings[document]?.entry ?? 0);
  return having;
}
