import type { Analysis } from '../analyze.js';
import type { Knowledge, Query, Signal } from '../knowledge.js';

/** Phrasings of doubt: how many an entry is credited with that say what phrasings in general say. */
const DOUBT = 3;

/** How many of a question's most telling words count in `odds-best`: the rest of a long story does not dilute them. */
const MOST_TELLING = 3;

/** How much likelier an entry's phrasings have these stems, concepts and pairs than phrasings in general (naive Bayes). */
export function oddsSignals(knowledge: Knowledge): readonly Signal[] {
  const table = new OddsTable(knowledge);
  return [
    {
      name: 'odds',
      score: (query) => {
        const rows = table.rows(query);
        const scale = Math.sqrt(rows.length + 1);
        return table.perEntry((entry) => rows.reduce((sum, row) => sum + (row[entry] ?? 0), 0) / scale);
      },
    },
    {
      name: 'odds-best',
      score: (query) => {
        const rows = table.rows(query);
        return table.perEntry((entry) =>
          sumOfMost(
            rows.map((row) => row[entry] ?? 0),
            MOST_TELLING,
          ),
        );
      },
    },
  ];
}

class OddsTable {
  readonly #knowledge: Knowledge;
  readonly #counts = new Map<string, Float64Array>();
  readonly #sizes: Float64Array;
  #last: { readonly query: Query; readonly rows: readonly Float64Array[] } | undefined;

  constructor(knowledge: Knowledge) {
    this.#knowledge = knowledge;
    this.#sizes = new Float64Array(knowledge.intents.length);
    for (const { entry, analysis } of knowledge.phrasings) {
      this.#sizes[entry] = (this.#sizes[entry] ?? 0) + 1;
      for (const feature of featuresOf(analysis)) {
        const perEntry = this.#counts.get(feature) ?? new Float64Array(this.#sizes.length);
        perEntry[entry] = (perEntry[entry] ?? 0) + 1;
        this.#counts.set(feature, perEntry);
      }
    }
  }

  perEntry(score: (entry: number) => number): Float64Array {
    return Float64Array.from(this.#sizes, (_, entry) => score(entry));
  }

  /** For each feature of the question that phrasings have, the log odds of every entry. */
  rows(query: Query): readonly Float64Array[] {
    if (this.#last?.query !== query) this.#last = { query, rows: this.#compute(query) };
    return this.#last.rows;
  }

  #compute({ analysis, leftOut }: Query): readonly Float64Array[] {
    const left = leftOut === undefined ? undefined : this.#knowledge.phrasings[leftOut];
    const own = new Set(left === undefined ? [] : featuresOf(left.analysis));
    return featuresOf(analysis).flatMap((feature) => {
      const perEntry = this.#counts.get(feature);
      const without = left !== undefined && own.has(feature) ? left.entry : -1;
      return perEntry === undefined ? [] : this.#row(perEntry, without, left?.entry ?? -1);
    });
  }

  /** `without`: the entry that loses this feature once; `smaller`: the entry that loses a phrasing. */
  #row(perEntry: Float64Array, without: number, smaller: number): readonly Float64Array[] {
    const total = perEntry.reduce((sum, count) => sum + count, 0) - (without >= 0 ? 1 : 0);
    if (total <= 0) return [];
    const usual = total / this.#knowledge.phrasings.length;
    const row = perEntry.map((count, entry) => {
      const having = count - (entry === without ? 1 : 0);
      const size = (this.#sizes[entry] ?? 0) - (entry === smaller ? 1 : 0);
      return Math.log((having + DOUBT * usual) / (size + DOUBT) / usual);
    });
    return [row];
  }
}

function sumOfMost(values: readonly number[], most: number): number {
  return values
    .toSorted((a, b) => b - a)
    .slice(0, most)
    .reduce((sum, value) => sum + Math.max(0, value), 0);
}

function featuresOf({ stems, concepts, pairs }: Analysis): readonly string[] {
  return [...stems, ...concepts.map((name) => `:${name}`), ...pairs];
}
