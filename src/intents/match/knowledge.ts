import type { Intent } from '../intent.js';
import { type FeaturesByKind, FeatureTable } from './feature-table.js';
import { countWords, type WordCounts } from './topic-odds.js';
import type { Analysis, Analyze } from './words/analyze.js';

/** A phrasing of an entry; the title and the summary count as phrasings. */
interface Phrasing {
  /** Index of the entry. */
  readonly entry: number;
  readonly text: string;
  readonly analysis: Analysis;
}

/** The entries and their phrasings, analysed once; what every signal is built from. */
export interface Knowledge {
  readonly intents: readonly Intent[];
  readonly phrasings: readonly Phrasing[];
  /** The phrasings by `featuresOf`. */
  readonly features: FeatureTable;
  /** The words of what people ask in the phrasings. */
  readonly words: WordCounts;
}

export function analyzeKnowledge(intents: readonly Intent[], analyze: Analyze): Knowledge {
  const phrasings = intents.flatMap((intent, entry) =>
    [...intent.ask, intent.title, intent.summary, intent.source].map((text) => ({
      entry,
      text,
      analysis: analyze(text),
    })),
  );
  return {
    intents,
    phrasings,
    features: new FeatureTable(phrasings.map(({ analysis }) => featuresOf(analysis))),
    words: countWords(phrasings.map(({ analysis }) => analysis)),
  };
}

/** Stems, concepts and pairs, always in this order. */
export function featuresOf({ stems, concepts, pairs }: Analysis): FeaturesByKind {
  return [stems, concepts, pairs];
}

/** A question on its way through the signals. */
export interface Query {
  readonly analysis: Analysis;
  /** Only when weights are fitted: the index of the phrasing that asks, which must not find itself. */
  readonly leftOut?: number;
}

/** One reason to think of an entry: a score for each, in the order of the entries. Higher = likelier. */
export interface Signal {
  readonly name: string;
  readonly score: (query: Query) => Float64Array;
}
