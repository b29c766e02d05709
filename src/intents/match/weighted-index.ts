/** Features of one text; a feature may repeat. */
export interface Features {
  readonly texts: readonly string[];
  readonly scale: number;
}

interface Posting {
  readonly documents: number[];
  readonly counts: number[];
}

/** Cosine similarity of a text to each indexed text, features weighted by rarity (TF-IDF). */
export class WeightedIndex {
  readonly #postings = new Map<string, Posting>();
  readonly #lengths: Float64Array;
  readonly #documents: readonly ReadonlyMap<string, number>[];
  readonly #scales: ReadonlyMap<string, number>;

  /** `groups` of one document: features of several kinds, each with its own scale. */
  constructor(documents: readonly (readonly Features[])[]) {
    const scales = new Map<string, number>();
    this.#scales = scales;
    this.#documents = documents.map((groups) => countFeatures(groups, scales));
    this.#documents.forEach((counts, document) => {
      for (const [feature, count] of counts) this.#post(feature, document, count);
    });
    this.#lengths = Float64Array.from(this.#documents, (counts) => this.#lengthOf(counts));
  }

  get size(): number {
    return this.#documents.length;
  }

  /** `leftOut`: score as if that document had never been indexed. */
  similarities(groups: readonly Features[], leftOut?: number): Float64Array {
    const result = new Float64Array(this.size);
    const scales = new Map<string, number>();
    let square = 0;
    for (const [feature, count] of countFeatures(groups, scales)) {
      const posting = this.#postings.get(feature);
      const without = leftOut !== undefined && this.#documents[leftOut]?.has(feature) ? 1 : 0;
      const weight = (scales.get(feature) ?? 1) * this.#rarity((posting?.documents.length ?? 0) - without);
      const own = damp(count) * weight;
      square += own * own;
      if (posting === undefined) continue;
      for (let at = 0; at < posting.documents.length; at++) {
        const document = posting.documents[at] as number;
        result[document] = (result[document] as number) + own * damp(posting.counts[at] as number) * weight;
      }
    }
    const length = Math.sqrt(square) || 1;
    for (let at = 0; at < result.length; at++) {
      result[at] = (result[at] as number) / (length * ((this.#lengths[at] as number) || 1));
    }
    if (leftOut !== undefined) result[leftOut] = 0;
    return result;
  }

  /** A feature that no text has counts like one that a single text has: it only makes the question longer. */
  #rarity(documents: number): number {
    return Math.log(1 + this.size / Math.max(1, documents));
  }

  #post(feature: string, document: number, count: number): void {
    const posting = this.#postings.get(feature) ?? { documents: [], counts: [] };
    posting.documents.push(document);
    posting.counts.push(count);
    this.#postings.set(feature, posting);
  }

  #lengthOf(counts: ReadonlyMap<string, number>): number {
    let square = 0;
    for (const [feature, count] of counts) {
      const rarity = this.#rarity(this.#postings.get(feature)?.documents.length ?? 0);
      square += (damp(count) * rarity * (this.#scales.get(feature) ?? 1)) ** 2;
    }
    return Math.sqrt(square);
  }
}

function countFeatures(groups: readonly Features[], scales: Map<string, number>): Map<string, number> {
  const counts = new Map<string, number>();
  groups.forEach(({ texts, scale }, kind) => {
    for (const text of texts) {
      const feature = `${kind}${text}`;
      counts.set(feature, (counts.get(feature) ?? 0) + 1);
      scales.set(feature, scale);
    }
  });
  return counts;
}

function damp(count: number): number {
  return count === 1 ? 1 : 1 + Math.log(count);
}
