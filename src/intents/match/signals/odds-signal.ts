import type { Posting } from '../feature-table.js';
import { featuresOf, type Knowledge, type Query, type Signal } from '../knowledge.js';

/** Phrasings of doubt: how many an entry is credited with that say what phrasings in general say. */
const DOUBT = 3;

/** How much likelier an entry's phrasings have these stems, concepts and pairs than phrasings in general (naive Bayes). */
export function oddsSignal(knowledge: Knowledge): Signal {
  const table = new OddsTable(knowledge);
  return {
    name: 'odds',
    score: (query) => {
      const rows = table.rows(query);
      const scale = Math.sqrt(rows.length + 1);
      return table.perEntry((entry) => rows.reduce((sum, row) => sum + (row[entry] ?? 0), 0) / scale);
    },
  };
}

class OddsTable {
  readonly #knowledge: Knowledge;
  readonly #sizes: Float64Array;
  /** Rows with no phrasing left out, as questions need them: the features that people use are soon all known. */
  readonly #known = new Map<Posting, readonly Float64Array[]>();

  constructor(knowledge: Knowledge) {
    this.#knowledge = knowledge;
    this.#sizes = new Float64Array(knowledge.intents.length);
    for (const { entry } of knowledge.phrasings) this.#sizes[entry] = (this.#sizes[entry] ?? 0) + 1;
  }

  perEntry(score: (entry: number) => number): Float64Array {
    return Float64Array.from(this.#sizes, (_, entry) => score(entry));
  }

  /** For each feature of the question that phrasings have, the log odds of every entry. */
  rows({ analysis, leftOut = -1 }: Query): readonly Float64Array[] {
    const { features } = this.#knowledge;
    return featuresOf(analysis).flatMap((texts, kind) =>
      texts.flatMap((text) => {
        const posting = features.find(kind, text);
        if (posting === undefined) return [];
        return leftOut < 0 ? this.#whole(posting) : this.#row(posting.documents, leftOut);
      }),
    );
  }

  #whole(posting: Posting): readonly Float64Array[] {
    const known = this.#known.get(posting) ?? this.#row(posting.documents, -1);
    this.#known.set(posting, known);
    return known;
  }

  #row(documents: readonly number[], leftOut: number): readonly Float64Array[] {
    const { phrasings } = this.#knowledge;
    const having = new Float64Array(this.#sizes.length);
    let total = 0;
    for (const document of documents) {
      if (document === leftOut) continue;
      const entry = phrasings[document]?.entry ?? 0;
      having[entry] = (having[entry] ?? 0) + 1;
      total++;
    }
    if (total === 0) return [];
    const usual = total / phrasings.length;
    const smaller = phrasings[leftOut]?.entry;
    for (let entry = 0; entry < having.length; entry++) {
      const size = (this.#sizes[entry] ?? 0) - (entry === smaller ? 1 : 0);
      having[entry] = Math.log(((having[entry] ?? 0) + DOUBT * usual) / (size + DOUBT) / usual);
    }
    return [having];
  }
}
