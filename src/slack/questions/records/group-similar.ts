const words = (text: string): ReadonlySet<string> =>
  new Set(text.toLowerCase().match(/[\p{L}\p{N}][\p{L}\p{N}._-]{2,}/gu) ?? []);

/** Share of the smaller text's words that the other has too. */
function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const smaller = a.size <= b.size ? a : b;
  const larger = smaller === a ? b : a;
  if (smaller.size === 0) return 0;
  return [...smaller].filter((word) => larger.has(word)).length / smaller.size;
}

/** Puts items whose texts say much the same together; largest group first, items in the order given. */
export function groupSimilar<T>(items: readonly T[], textOf: (item: T) => string, alike = 0.5): T[][] {
  const groups: { seed: ReadonlySet<string>; items: T[] }[] = [];
  for (const item of items) {
    const its = words(textOf(item));
    const home = groups.find(({ seed }) => overlap(seed, its) >= alike);
    if (home) home.items.push(item);
    else groups.push({ seed: its, items: [item] });
  }
  return groups.map((group) => group.items).sort((a, b) => b.length - a.length);
}
