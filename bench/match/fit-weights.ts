import { beliefsOf } from '../../src/intents/match/decide.js';
import { type Evidence, evidenceOf } from '../../src/intents/match/evidence.js';
import type { Signal } from '../../src/intents/match/knowledge.js';
import type { MatchWeights } from '../../src/intents/match/match-weights.js';
import { rankEntries } from '../../src/intents/match/rank-entries.js';
import { chooseThresholds } from './choose-thresholds.js';
import { type FitInput, foreignSamples, ourSamples, queryOf, type Sample } from './samples.js';
import { TopicModel } from './topic-model.js';
import { trainDecision } from './train-decision.js';
import { type RankingExample, trainRanking } from './train-ranking.js';

/** A sample as the matcher sees it that was built without it. */
export interface JudgedSample extends Sample {
  readonly evidence: Evidence;
  readonly best: number;
  readonly order: readonly number[];
}

export function fitWeights(input: FitInput): { readonly weights: MatchWeights; readonly report: string } {
  const ours = ourSamples(input);
  const theirs = foreignSamples(input);
  const signals = trainRanking(scoreSamples(ours, input.signals), PENALTY);
  const topic = topicModel(ours, theirs);
  const judged = [...ours, ...theirs].map((sample) => judge(sample, { input, signals, topic }));
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
    topic: topic.odds(),
    right: decide(({ best, right }) => best === right),
    ours: decide(({ right }) => right !== undefined),
    thresholds: { sure: 1, torn: 1 },
  };
  const believed = judged.map((sample) => ({ ...sample, beliefs: beliefsOf(sample.evidence, unfinished) }));
  const { thresholds, report } = chooseThresholds(believed);
  return { weights: { ...unfinished, thresholds }, report };
}

export const PENALTY = 0.002;
/** A foreign message that is answered does more harm than a question that is not. */
const FOREIGN_WEIGHT = 2;

/** The scores of every signal for each of our samples, the sample itself left out. */
export function scoreSamples(
  samples: readonly Sample[],
  signals: readonly Signal[],
): readonly RankingExample[] {
  return samples.map((sample) => {
    const query = queryOf(sample);
    return {
      bySignal: new Map(signals.map((signal) => [signal.name, signal.score(query)])),
      right: sample.right ?? 0,
    };
  });
}

function topicModel(ours: readonly Sample[], theirs: readonly Sample[]): TopicModel {
  const model = new TopicModel();
  for (const { analysis, original } of ours) if (original) model.add(analysis, true);
  for (const { analysis, original, unseen } of theirs) if (original && !unseen) model.add(analysis, false);
  return model;
}

interface Judging {
  readonly input: FitInput;
  readonly signals: MatchWeights['signals'];
  readonly topic: TopicModel;
}

function judge(sample: Sample, { input, signals, topic }: Judging): JudgedSample {
  const ranking = rankEntries(input.signals, signals, queryOf(sample));
  const odds = sample.unseen
    ? topic.odds()
    : topic.odds({ analysis: sample.analysis, ours: sample.right !== undefined });
  return {
    ...sample,
    evidence: evidenceOf(sample.analysis, ranking, odds),
    best: ranking.order[0] ?? 0,
    order: ranking.order,
  };
}
