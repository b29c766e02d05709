/** Hashes of the word pairs of a text: enough to see that two texts are nearly the same, too little to read them. */
export function shinglesOf(text: string): readonly number[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const pairs = words.length < 2 ? words : words.slice(1).map((word, at) => `${words[at]} ${word}`);
  return [...new Set(pairs.map(hash))].sort((a, b) => a - b);
}

/** Shared word pairs as a share of all, 0 to 1. */
export function similarity(a: readonly number[], b: ReadonlySet<number>): number {
  const shared = a.filter((one) => b.has(one)).length;
  return shared / Math.max(1, a.length + b.size - shared);
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return value >>> 0;
}
