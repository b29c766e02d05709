/** Features of one kind; a feature may repeat. `scale` is what the kind counts beside the others. */
export interface Features {
  readonly texts: readonly string[];
  readonly scale: number;
}

/** Where a feature occurs; `counts` are damped. */
interface Posting {
  readonly scale: number;
  readonly documents: number[];
  readonly counts: number[];
}

/** Cosine similarity of a text to each indexed text, features weighted by rarity (TF-IDF). */
export class WeightedIndex {
  /** A map a kind: `ip` as a stem and `ip` as a concept are two features. */
  readonly #postings: Map<string, Posting>[] = [];
  readonly #lengths: Float64Array;

  /** `groups` of one document: its features by kind, always in the same order of kinds. */
  constructor(documents: readonly (readonly Features[])[]) {
    documents.forEach((groups, document) => {
      groups.forEach((group, kind) => {
        this.#post(group, kind, document);
      });
    });
    this.#lengths = this.#measure(documents.length);
  }

  get size(): number {
    return this.#lengths.length;
  }

  /** Cosines. `leftOut`: score as if that document had never been indexed. */
  similarities(groups: readonly Features[], leftOut = -1): Float64Array {
    const { products, length } = this.#products(groups, leftOut);
    return products.map((product, at) => product / (length * ((this.#lengths[at] as number) || 1)));
  }

  /** How much of each document a longer text contains, 0 to 1. */
  containments(groups: readonly Features[], leftOut = -1): Float64Array {
    const { products } = this.#products(groups, leftOut);
    return products.map((product, at) => Math.min(1, product / ((this.#lengths[at] as number) ** 2 || 1)));
  }

  #products(groups: readonly Features[], leftOut: number): { products: Float64Array; length: number } {
    const result = new Float64Array(this.size);
    let square = 0;
    groups.forEach((group, kind) => {
      for (const [text, count] of countTexts(group.texts)) {
        const posting = this.#postings[kind]?.get(text);
        const own = count * this.#weight(posting, group.scale, leftOut);
        square += own * own;
        if (posting !== undefined)
          this.#addTo(result, posting, own * this.#weight(posting, group.scale, leftOut));
      }
    });
    if (leftOut >= 0) result[leftOut] = 0;
    return { products: result, length: Math.sqrt(square) || 1 };
  }

  #addTo(result: Float64Array, { documents, counts }: Posting, weight: number): void {
    for (let at = 0; at < documents.length; at++) {
      const document = documents[at] as number;
      result[document] = (result[document] as number) + weight * (counts[at] as number);
    }
  }

  /** A feature that no text has counts like one that a single text has: it only makes the question longer. */
  #weight(posting: Posting | undefined, scale: number, leftOut: number): number {
    const without = leftOut >= 0 && posting?.documents.includes(leftOut) ? 1 : 0;
    const documents = (posting?.documents.length ?? 0) - without;
    return scale * Math.log(1 + this.size / Math.max(1, documents));
  }

  #post({ texts, scale }: Features, kind: number, document: number): void {
    const postings = this.#postings[kind] ?? new Map<string, Posting>();
    this.#postings[kind] = postings;
    for (const [text, count] of countTexts(texts)) {
      const posting = postings.get(text);
      if (posting === undefined) postings.set(text, { scale, documents: [document], counts: [count] });
      else {
        posting.documents.push(document);
        posting.counts.push(count);
      }
    }
  }

  #measure(size: number): Float64Array {
    const squares = new Float64Array(size);
    for (const { scale, documents, counts } of this.#postings.flatMap((kind) => [...kind.values()])) {
      const weight = scale * Math.log(1 + size / documents.length);
      for (let at = 0; at < documents.length; at++) {
        const document = documents[at] as number;
        squares[document] = (squares[document] as number) + (weight * (counts[at] as number)) ** 2;
      }
    }
    return squares.map(Math.sqrt);
  }
}

/** Each text once, with its damped count. */
function countTexts(texts: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) {
    const before = counts.get(text);
    counts.set(text, before === undefined ? 1 : 1 + Math.log(Math.exp(before - 1) + 1));
  }
  return counts;
}
