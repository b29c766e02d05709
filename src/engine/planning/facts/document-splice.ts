/** One contiguous edit of a text; `at` counts UTF-16 units and never stands inside a surrogate pair. */
export interface Splice {
  readonly at: number;
  readonly removed: string;
  readonly inserted: string;
}

export function spliceOf(from: string, to: string): Splice {
  const shorter = Math.min(from.length, to.length);
  let head = 0;
  while (head < shorter && from[head] === to[head]) head += 1;
  if (splitsPair(from, head) || splitsPair(to, head)) head -= 1;
  let tail = 0;
  while (tail < shorter - head && from[from.length - 1 - tail] === to[to.length - 1 - tail]) tail += 1;
  if (splitsPair(from, from.length - tail) || splitsPair(to, to.length - tail)) tail -= 1;
  return {
    at: head,
    removed: from.slice(head, from.length - tail),
    inserted: to.slice(head, to.length - tail),
  };
}

const splitsPair = (text: string, at: number): boolean =>
  at > 0 && at < text.length && /^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(text.slice(at - 1, at + 1));

/** undefined = the text at that place is not what the splice removes. */
export function applySplice(text: string, { at, removed, inserted }: Splice): string | undefined {
  if (text.slice(at, at + removed.length) !== removed) return undefined;
  return text.slice(0, at) + inserted + text.slice(at + removed.length);
}

export const invertSplice = ({ at, removed, inserted }: Splice): Splice => ({
  at,
  removed: inserted,
  inserted: removed,
});
