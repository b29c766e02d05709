import type { Knowledge } from '../knowledge.js';

/** The best similarity among the phrasings of each entry. */
export function bestPerEntry({ intents, phrasings }: Knowledge, similarities: Float64Array): Float64Array {
  const best = new Float64Array(intents.length);
  phrasings.forEach(({ entry }, at) => {
    const similarity = similarities[at] ?? 0;
    if (similarity > (best[entry] ?? 0)) best[entry] = similarity;
  });
  return best;
}

/** The mean of the `count` best similarities of each entry: one lucky phrasing does not decide. */
export function topPerEntry(
  { intents, phrasings }: Knowledge,
  similarities: Float64Array,
  count: number,
): Float64Array {
  const tops = new Float64Array(intents.length * count);
  phrasings.forEach(({ entry }, at) => {
    insert(tops.subarray(entry * count, (entry + 1) * count), similarities[at] ?? 0);
  });
  return Float64Array.from(intents, (_, entry) => {
    let sum = 0;
    for (let at = 0; at < count; at++) sum += tops[entry * count + at] ?? 0;
    return sum / count;
  });
}

/** Into the place by size, the least falls out. */
function insert(tops: Float64Array, value: number): void {
  let at = tops.length - 1;
  if (value <= (tops[at] ?? 0)) return;
  for (; at > 0 && value > (tops[at - 1] ?? 0); at--) tops[at] = tops[at - 1] ?? 0;
  tops[at] = value;
}
