import type { MatchWeights } from '../../../src/intents/match/data/match-weights.js';
import { beliefsOf } from '../../../src/intents/match/decide.js';
import { type Evidence, evidenceOf } from '../../../src/intents/match/evidence.js';
import type { Signal } from '../../../src/intents/match/knowledge.js';
import { rankScores } from '../../../src/intents/match/rank-entries.js';
import { countWords, topicOdds, type WordCounts } from '../../../src/intents/match/topic-odds.js';
import { chooseThresholds } from './choose-thresholds.js';
import { type FitInput, foreignSamples, ourSamples, queryOf, type Sample } from './samples.js';
import { trainDecision } from './train-decision.js';
import { type RankingExample, trainRanking } from './train-ranking.js';

/** A sample with the scores of every signal, itself left out. */
export interface ScoredSample extends Sample {
  readonly bySignal: ReadonlyMap<string, Float64Array>;
  readonly ruledOut: readonly boolean[];
}

/** A sample as the matcher sees it that was built without it. */
export interface JudgedSample extends Sample {
  readonly evidence: Evidence;
  readonly best: number;
  readonly order: readonly number[];
}

export interface Fitted {
  readonly weights: MatchWeights;
  readonly foreignWords: WordCounts;
  readonly report: string;
}

const PENALTY = 0.002;
/** A foreign message that is answered does more harm than a question that is not. */
const FOREIGN_WEIGHT = 2;

export function scoreAll(input: FitInput): readonly ScoredSample[] {
  return [...ourSamples(input), ...foreignSamples(input)].map((sample) => ({
    ...sample,
    bySignal: scoresOf(sample, input.signals),
    ruledOut: input.ruleOut(sample.analysis),
  }));
}

/** `without`: signals that are left out, as if they did not exist. */
export function fitWeights(
  input: FitInput,
  scored: readonly ScoredSample[],
  without: readonly string[] = [],
): Fitted {
  const samples = without.length === 0 ? scored : scored.map((sample) => drop(sample, without));
  const signals = trainRanking(samples.filter(isOurs), PENALTY);
  const foreignWords = countWords(samples.filter(isCounted).map(({ analysis }) => analysis));
  const judged = samples.map((sample) => judge(sample, { input, signals, foreignWords }));
  const decide = (yes: (sample: JudgedSample) => boolean) =>
    trainDecision(
      judged.map((sample) => ({
        evidence: sample.evidence,
        yes: yes(sample),
        weight: sample.right === undefined ? FOREIGN_WEIGHT : 1,
      })),
      PENALTY / 2,
    );
  const unfinished = {
    signals,
    right: decide(({ best, right }) => best === right),
    ours: decide(({ right }) => right !== undefined),
    thresholds: { sure: 1, torn: 1 },
  };
  const believed = judged.map((sample) => ({ ...sample, beliefs: beliefsOf(sample.evidence, unfinished) }));
  const { thresholds, report } = chooseThresholds(believed);
  return { weights: { ...unfinished, thresholds }, foreignWords, report };
}

const isOurs = (sample: ScoredSample): sample is ScoredSample & RankingExample => sample.right !== undefined;

const isCounted = ({ right, original, unseen }: Sample): boolean =>
  right === undefined && original && unseen !== true;

function drop(sample: ScoredSample, without: readonly string[]): ScoredSample {
  return {
    ...sample,
    bySignal: new Map([...sample.bySignal].filter(([name]) => !without.includes(name))),
  };
}

function scoresOf(sample: Sample, signals: readonly Signal[]): ReadonlyMap<string, Float64Array> {
  const query = queryOf(sample);
  return new Map(signals.map((signal) => [signal.name, signal.score(query)]));
}

interface Judging {
  readonly input: FitInput;
  readonly signals: MatchWeights['signals'];
  readonly foreignWords: WordCounts;
}

function judge(sample: ScoredSample, { input, signals, foreignWords }: Judging): JudgedSample {
  const ranking = rankScores(sample.bySignal, signals, sample.ruledOut);
  const ours = sample.right !== undefined;
  const leftOut = sample.unseen ? undefined : { analysis: sample.analysis, ours };
  const odds = topicOdds(input.knowledge.words, foreignWords, leftOut);
  return {
    ...sample,
    evidence: evidenceOf(sample.analysis, ranking, odds),
    best: ranking.order[0] ?? 0,
    order: ranking.order,
  };
}
