import type { Analysis } from '../analyze.js';
import type { Knowledge, Signal } from '../knowledge.js';

/** The share of the question's stems and concepts, by rarity, that an entry's phrasings have at all. */
export function coverageSignal(knowledge: Knowledge): Signal {
  const counts = new Map<string, Map<number, number>>();
  const features = knowledge.phrasings.map(({ analysis }) => new Set(featuresOf(analysis)));
  knowledge.phrasings.forEach(({ entry }, at) => {
    for (const feature of features[at] ?? []) {
      const perEntry = counts.get(feature) ?? new Map<number, number>();
      perEntry.set(entry, (perEntry.get(entry) ?? 0) + 1);
      counts.set(feature, perEntry);
    }
  });
  const entries = knowledge.intents.length;

  return {
    name: 'coverage',
    score: ({ analysis, leftOut }) => {
      const own = leftOut === undefined ? -1 : (knowledge.phrasings[leftOut]?.entry ?? -1);
      const left = leftOut === undefined ? undefined : features[leftOut];
      const result = new Float64Array(entries);
      let all = 0;
      for (const feature of featuresOf(analysis)) {
        const having = [...(counts.get(feature) ?? [])].filter(
          ([entry, count]) => !(entry === own && count === 1 && left?.has(feature)),
        );
        const rarity = Math.log(1 + entries / Math.max(0.5, having.length));
        all += rarity;
        for (const [entry] of having) result[entry] = (result[entry] ?? 0) + rarity;
      }
      return result.map((covered) => covered / (all || 1));
    },
  };
}

function featuresOf({ stems, concepts }: Analysis): readonly string[] {
  return [...stems, ...concepts.map((name) => `:${name}`)];
}
