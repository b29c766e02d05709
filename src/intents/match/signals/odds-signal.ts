import type { Analysis } from '../analyze.js';
import type { Knowledge, Query, Signal } from '../knowledge.js';

/** Phrasings of doubt: how many an entry is credited with that say what phrasings in general say. */
const DOUBT = 3;

/** How much likelier an entry's phrasings have these stems, concepts and pairs than phrasings in general (naive Bayes). */
export function oddsSignal(knowledge: Knowledge): Signal {
  const counts = new Map<string, Map<number, number>>();
  const sizes = new Float64Array(knowledge.intents.length);
  const features = knowledge.phrasings.map(({ analysis }) => new Set(featuresOf(analysis)));
  knowledge.phrasings.forEach(({ entry }, at) => {
    sizes[entry] = (sizes[entry] ?? 0) + 1;
    for (const feature of features[at] ?? []) count(counts, feature, entry);
  });

  return {
    name: 'odds',
    score: ({ analysis, leftOut }: Query) => {
      const own = leftOut === undefined ? undefined : knowledge.phrasings[leftOut]?.entry;
      const result = new Float64Array(sizes.length);
      let known = 0;
      for (const feature of featuresOf(analysis)) {
        const perEntry = counts.get(feature);
        const without = own !== undefined && leftOut !== undefined && features[leftOut]?.has(feature) ? 1 : 0;
        const total = sum(perEntry) - without;
        if (perEntry === undefined || total <= 0) continue;
        known++;
        const usual = total / knowledge.phrasings.length;
        for (let entry = 0; entry < sizes.length; entry++) {
          const less = entry === own ? without : 0;
          const share =
            ((perEntry.get(entry) ?? 0) - less + DOUBT * usual) / ((sizes[entry] ?? 0) - less + DOUBT);
          result[entry] = (result[entry] ?? 0) + Math.log(share / usual);
        }
      }
      const scale = Math.sqrt(known + 1);
      return result.map((odds) => odds / scale);
    },
  };
}

function featuresOf({ stems, concepts, pairs }: Analysis): readonly string[] {
  return [...stems, ...concepts.map((name) => `:${name}`), ...pairs];
}

function count(counts: Map<string, Map<number, number>>, feature: string, entry: number): void {
  const perEntry = counts.get(feature) ?? new Map<number, number>();
  perEntry.set(entry, (perEntry.get(entry) ?? 0) + 1);
  counts.set(feature, perEntry);
}

function sum(perEntry: ReadonlyMap<number, number> | undefined): number {
  let total = 0;
  for (const value of perEntry?.values() ?? []) total += value;
  return total;
}
