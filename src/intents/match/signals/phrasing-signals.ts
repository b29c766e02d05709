import { FeatureTable } from '../feature-table.js';
import { featuresOf, type Knowledge, type Signal } from '../knowledge.js';
import { WeightedIndex } from '../weighted-index.js';
import { bestPerEntry, topPerEntry } from './per-entry.js';

/** Nearest phrasings by concepts alone: the same said in other words. */
export function conceptSignal(knowledge: Knowledge): Signal {
  const index = new WeightedIndex(knowledge.features, [0, 1, 0]);
  return {
    name: 'concepts',
    score: ({ analysis, leftOut }) =>
      topPerEntry(knowledge, index.similarities(featuresOf(analysis), leftOut)),
  };
}

/** The nearest phrasing by groups of three and four letters: slips, word forms and compounds that stemming misses. */
export function letterSignal(knowledge: Knowledge): Signal {
  const table = new FeatureTable(knowledge.phrasings.map(({ analysis }) => [analysis.grams]));
  const index = new WeightedIndex(table, [1]);
  return {
    name: 'letters',
    score: ({ analysis, leftOut }) => bestPerEntry(knowledge, index.similarities([analysis.grams], leftOut)),
  };
}
