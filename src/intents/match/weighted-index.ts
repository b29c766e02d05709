import { countTexts, type FeaturesByKind, type FeatureTable, type Posting } from './feature-table.js';

/** Similarity of a text to each document of a table, features weighted by rarity (TF-IDF). */
export class WeightedIndex {
  readonly #table: FeatureTable;
  readonly #scales: readonly number[];
  readonly #lengths: Float64Array;

  /** `scales`: what each kind of feature counts beside the others; 0 leaves it out. */
  constructor(table: FeatureTable, scales: readonly number[]) {
    this.#table = table;
    this.#scales = scales;
    this.#lengths = this.#measure();
  }

  /** Cosines. `leftOut`: score as if that document were not in the table. */
  similarities(features: FeaturesByKind, leftOut = -1): Float64Array {
    const { products, length } = this.#products(features, leftOut);
    // In place and in a loop: a message is compared with some thousand documents, several times.
    for (let at = 0; at < products.length; at++)
      products[at] = (products[at] as number) / (length * ((this.#lengths[at] as number) || 1));
    return products;
  }

  #products(features: FeaturesByKind, leftOut: number): { products: Float64Array; length: number } {
    const products = new Float64Array(this.#table.size);
    let square = 0;
    features.forEach((texts, kind) => {
      const scale = this.#scales[kind] ?? 0;
      for (const [text, count] of scale === 0 ? [] : countTexts(texts)) {
        const posting = this.#table.find(kind, text);
        const weight = scale * this.#rarity(posting, leftOut);
        square += (count * weight) ** 2;
        if (posting !== undefined) addTo(products, posting, count * weight * weight);
      }
    });
    if (leftOut >= 0) products[leftOut] = 0;
    return { products, length: Math.sqrt(square) || 1 };
  }

  /** A feature that no document has counts like one that a single document has: it only makes the text longer. */
  #rarity(posting: Posting | undefined, leftOut: number): number {
    const without = leftOut >= 0 && posting?.documents.includes(leftOut) ? 1 : 0;
    const documents = (posting?.documents.length ?? 0) - without;
    return Math.log(1 + this.#table.size / Math.max(1, documents));
  }

  #measure(): Float64Array {
    const squares = new Float64Array(this.#table.size);
    this.#table.kinds.forEach((postings, kind) => {
      const scale = this.#scales[kind] ?? 0;
      for (const posting of scale === 0 ? [] : postings.values()) {
        const weight = scale * this.#rarity(posting, -1);
        for (let at = 0; at < posting.documents.length; at++) {
          const document = posting.documents[at] as number;
          squares[document] = (squares[document] as number) + (weight * (posting.counts[at] as number)) ** 2;
        }
      }
    });
    return squares.map(Math.sqrt);
  }
}

function addTo(products: Float64Array, { documents, counts }: Posting, weight: number): void {
  for (let at = 0; at < documents.length; at++) {
    const document = documents[at] as number;
    products[document] = (products[document] as number) + weight * (counts[at] as number);
  }
}
