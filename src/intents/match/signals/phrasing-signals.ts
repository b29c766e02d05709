import type { Analysis } from '../analyze.js';
import type { Knowledge, Signal } from '../knowledge.js';
import { type Features, WeightedIndex } from '../weighted-index.js';
import { bestPerEntry, topPerEntry } from './per-entry.js';

const DEPTH = 3;

/** Nearest phrasings by stems, concepts and neighbouring pairs. */
export function phrasingSignals(knowledge: Knowledge): readonly Signal[] {
  return neighbourSignals('phrasing', knowledge, ({ stems, concepts, pairs }) => [
    { texts: stems, scale: 1 },
    { texts: concepts, scale: 1 },
    { texts: pairs, scale: 0.6 },
  ]);
}

/** The phrasing that a long story contains most of: chatter around a question does not count against it. */
export function containedSignal(knowledge: Knowledge): Signal {
  const featuresOf = ({ stems, concepts }: Analysis) => [
    { texts: stems, scale: 1 },
    { texts: concepts, scale: 1 },
  ];
  const index = new WeightedIndex(knowledge.phrasings.map(({ analysis }) => featuresOf(analysis)));
  return {
    name: 'contained',
    score: ({ analysis, leftOut }) =>
      topPerEntry(knowledge, index.containments(featuresOf(analysis), leftOut), DEPTH),
  };
}

/** Nearest phrasings by groups of three and four letters: slips, word forms and compounds that stemming misses. */
export function letterSignals(knowledge: Knowledge): readonly Signal[] {
  return neighbourSignals('letters', knowledge, ({ grams }) => [{ texts: grams, scale: 1 }]);
}

/** Nearest phrasings by concepts alone: the same said in other words. */
export function conceptSignals(knowledge: Knowledge): readonly Signal[] {
  return neighbourSignals('concepts', knowledge, ({ concepts }) => [{ texts: concepts, scale: 1 }]);
}

function neighbourSignals(
  name: string,
  knowledge: Knowledge,
  featuresOf: (analysis: Analysis) => readonly Features[],
): readonly Signal[] {
  const index = new WeightedIndex(knowledge.phrasings.map(({ analysis }) => featuresOf(analysis)));
  const similarities = rememberLast((analysis: Analysis, leftOut: number | undefined) =>
    index.similarities(featuresOf(analysis), leftOut),
  );
  return [
    {
      name: `${name}-best`,
      score: ({ analysis, leftOut }) => bestPerEntry(knowledge, similarities(analysis, leftOut)),
    },
    {
      name: `${name}-top`,
      score: ({ analysis, leftOut }) => topPerEntry(knowledge, similarities(analysis, leftOut), DEPTH),
    },
  ];
}

/** Two signals read the same similarities one after the other. */
function rememberLast(
  compute: (analysis: Analysis, leftOut: number | undefined) => Float64Array,
): (analysis: Analysis, leftOut: number | undefined) => Float64Array {
  let last: { analysis: Analysis; leftOut: number | undefined; result: Float64Array } | undefined;
  return (analysis, leftOut) => {
    if (last?.analysis !== analysis || last.leftOut !== leftOut) {
      last = { analysis, leftOut, result: compute(analysis, leftOut) };
    }
    return last.result;
  };
}
