/** In which documents a feature occurs, in ascending order, and how often, damped. */
export interface Posting {
  readonly documents: number[];
  readonly counts: number[];
}

/** Features of one document by kind; the kinds always come in the same order. */
export type FeaturesByKind = readonly (readonly string[])[];

/** Which documents have which features; built once and read by several signals. */
export class FeatureTable {
  /** A map a kind: `ip` as a stem and `ip` as a concept are two features. */
  readonly kinds: Map<string, Posting>[] = [];
  readonly size: number;

  constructor(documents: readonly FeaturesByKind[]) {
    this.size = documents.length;
    documents.forEach((features, document) => {
      features.forEach((texts, kind) => {
        this.#post(texts, kind, document);
      });
    });
  }

  find(kind: number, text: string): Posting | undefined {
    return this.kinds[kind]?.get(text);
  }

  #post(texts: readonly string[], kind: number, document: number): void {
    const postings = this.kinds[kind] ?? new Map<string, Posting>();
    this.kinds[kind] = postings;
    for (const [text, count] of countTexts(texts)) {
      const posting = postings.get(text);
      if (posting === undefined) postings.set(text, { documents: [document], counts: [count] });
      else {
        posting.documents.push(document);
        posting.counts.push(count);
      }
    }
  }
}

/** Each text once, with its count damped: the second time counts less than the first. */
export function countTexts(texts: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  if (counts.size < texts.length) {
    for (const [text, count] of counts) if (count > 1) counts.set(text, 1 + Math.log(count));
  }
  return counts;
}
