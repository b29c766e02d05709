/** Hashes of the word pairs of a text: enough to see that two texts are nearly the same, too little to read them. */
export function shinglesOf(text: string): readonly number[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const pairs = words.length < 2 ? words : words.slice(1).map((word, at) => `${words[at]} ${word}`);
  return [...new Set(pairs.map(hash))].sort((a, b) => a - b);
}

/** As many words in a row as two texts may not share by chance. */
export const FAQ_RUN = 8;

/** Hashes of every run of so many words; a version or a hyphenated name is one word. */
export function runsOf(text: string, length: number): ReadonlySet<number> {
  const words = wordsOf(text);
  return new Set(words.slice(length - 1).map((_, at) => hash(words.slice(at, at + length).join(' '))));
}

/** Of fewer words a sentence is anybody's. */
const SHORTEST_SENTENCE = 5;

/** Hashes of the whole sentences of a text that are too short for a run of `FAQ_RUN` words. */
export function shortSentencesOf(text: string): readonly number[] {
  return text
    .split(/(?<=[.?!:;])\s+|\n/)
    .map(wordsOf)
    .filter(({ length }) => length >= SHORTEST_SENTENCE && length < FAQ_RUN)
    .map((words) => hash(words.join(' ')));
}

export function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+(?:[.-][\p{L}\p{N}]+)*/gu) ?? [];
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
