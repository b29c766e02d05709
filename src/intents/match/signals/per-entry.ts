import type { Knowledge } from '../knowledge.js';

/** The best similarity among the phrasings of each entry. */
export function bestPerEntry({ intents, phrasings }: Knowledge, similarities: Float64Array): Float64Array {
  const best = new Float64Array(intents.length);
  for (let at = 0; at < phrasings.length; at++) {
    const entry = phrasings[at]?.entry ?? 0;
    const similarity = similarities[at] as number;
    if (similarity > (best[entry] as number)) best[entry] = similarity;
  }
  return best;
}

const DEPTH = 3;

/** The mean of the three best similarities of each entry: one lucky phrasing does not decide. */
export function topPerEntry({ intents, phrasings }: Knowledge, similarities: Float64Array): Float64Array {
  const tops = new Float64Array(intents.length * DEPTH);
  for (let at = 0; at < phrasings.length; at++) {
    insert(tops, (phrasings[at]?.entry ?? 0) * DEPTH, similarities[at] as number);
  }
  return Float64Array.from(intents, (_, entry) => {
    let sum = 0;
    for (let at = entry * DEPTH; at < (entry + 1) * DEPTH; at++) sum += tops[at] as number;
    return sum / DEPTH;
  });
}

/** Into its place by size among the `DEPTH` values that begin at `from`; the least falls out. */
function insert(tops: Float64Array, from: number, value: number): void {
  let at = from + DEPTH - 1;
  if (value <= (tops[at] as number)) return;
  for (; at > from && value > (tops[at - 1] as number); at--) tops[at] = tops[at - 1] as number;
  tops[at] = value;
}
