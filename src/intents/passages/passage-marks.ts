/** Fenced code and code spans first, so that what looks like a mark inside them is text; then a mark: `{#step check}`. */
const CODE_OR_MARK = /^[ \t]*(`{3,}|~{3,})[\s\S]*?^[ \t]*\1[ \t]*$|`[^`\n]*`|\{#([^{}\n]*)\}[ \t]?/gm;

/** A run of text after a mark, or before the first: then `kinds` is undefined. */
interface MarkedText {
  readonly kinds: readonly string[] | undefined;
  readonly text: string;
}

export function withoutMarks(markdown: string): string {
  return markdown.replace(CODE_OR_MARK, (whole, _fence, mark) => (mark === undefined ? whole : ''));
}

/** Cuts a text at its marks. */
export function atMarks(markdown: string): readonly MarkedText[] {
  const parts: { kinds: readonly string[] | undefined; text: string }[] = [];
  let from = 0;
  let kinds: readonly string[] | undefined;
  const close = (to: number): void => {
    const text = markdown.slice(from, to).trim();
    if (text !== '' || kinds !== undefined) parts.push({ kinds, text });
  };
  for (const match of markdown.matchAll(CODE_OR_MARK)) {
    if (match[2] === undefined) continue;
    close(match.index);
    kinds = namesIn(match[2]);
    from = match.index + match[0].length;
  }
  close(markdown.length);
  return parts;
}

/** The kinds a text begins with; undefined where it begins without a mark. */
export function leadingKinds(markdown: string): readonly string[] | undefined {
  return markdown.startsWith('{#') ? atMarks(markdown)[0]?.kinds : undefined;
}

/** What is wrong with the marks of a text. */
export function markFaults(markdown: string, known: ReadonlySet<string>): readonly string[] {
  return atMarks(markdown).flatMap(({ kinds, text }) => {
    if (kinds === undefined) return [];
    if (kinds.length === 0) return ['a passage mark `{#}` names nothing'];
    if (text === '') return [`the passage mark \`{#${kinds.join(' ')}}\` stands before no text`];
    return kinds
      .filter((kind) => !known.has(kind))
      .map((kind) => `\`${kind}\` is not a passage of passages.yaml`);
  });
}

const namesIn = (mark: string): readonly string[] => mark.split(/\s+/).filter(Boolean);
