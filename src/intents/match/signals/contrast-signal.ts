import type { Vocabulary } from '../data/vocabulary.js';
import type { Knowledge, Query, Signal } from '../knowledge.js';

/** Where a question names one side of a contrast (inbound, not outbound), what each entry's phrasings name. */
export function contrastSignal(knowledge: Knowledge, contrasts: Vocabulary['contrasts']): Signal {
  const sizes = new Float64Array(knowledge.intents.length);
  const counts = new Map<string, Float64Array>();
  for (const name of new Set(contrasts.flat())) counts.set(name, new Float64Array(sizes.length));
  for (const { entry, analysis } of knowledge.phrasings) {
    sizes[entry] = (sizes[entry] ?? 0) + 1;
    for (const name of analysis.concepts) {
      const perEntry = counts.get(name);
      if (perEntry !== undefined) perEntry[entry] = (perEntry[entry] ?? 0) + 1;
    }
  }
  const share = (name: string, entry: number): number =>
    (counts.get(name)?.[entry] ?? 0) / ((sizes[entry] ?? 0) + 1);

  return {
    name: 'contrast',
    score: ({ analysis }: Query) => {
      const named = new Set(analysis.concepts);
      const result = new Float64Array(sizes.length);
      for (const group of contrasts) {
        const [side, ...more] = group.filter((name) => named.has(name));
        if (side === undefined || more.length > 0) continue;
        const others = group.filter((name) => name !== side);
        for (let entry = 0; entry < result.length; entry++) {
          const against = Math.max(...others.map((name) => share(name, entry)));
          result[entry] = (result[entry] ?? 0) + share(side, entry) - against;
        }
      }
      return result;
    },
  };
}
