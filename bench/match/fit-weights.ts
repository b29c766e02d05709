import type { Analysis, Analyze } from '../../src/intents/match/analyze.js';
import { beliefsOf } from '../../src/intents/match/decide.js';
import { type Evidence, evidenceOf } from '../../src/intents/match/evidence.js';
import { functionWords } from '../../src/intents/match/function-words.js';
import type { Knowledge, Signal } from '../../src/intents/match/knowledge.js';
import type { Lexicon } from '../../src/intents/match/lexicon.js';
import type { MatchWeights } from '../../src/intents/match/match-weights.js';
import { rankEntries } from '../../src/intents/match/rank-entries.js';
import { chooseThresholds } from './choose-thresholds.js';
import { TopicModel } from './topic-model.js';
import { trainDecision } from './train-decision.js';
import { trainRanking } from './train-ranking.js';
import { createRandom, framedThings, insideLog, withChatter, withSlips } from './vary-text.js';

export interface FitInput {
  readonly knowledge: Knowledge;
  readonly signals: readonly Signal[];
  readonly analyze: Analyze;
  readonly lexicon: Lexicon;
  /** Messages on other topics. */
  readonly others: readonly string[];
  /** Things that are not ours, to put into the frames of our questions. */
  readonly things: readonly string[];
}

/** A message in one of the ways it may be written; `right` is undefined for another topic. */
export interface Sample {
  readonly text: string;
  readonly analysis: Analysis;
  readonly original: boolean;
  readonly right: number | undefined;
  readonly leftOut?: number;
  /** Kept from the topic model: its words must not be known. */
  readonly unseen?: boolean;
}

/** A sample as the matcher sees it that was built without it. */
export interface JudgedSample extends Sample {
  readonly evidence: Evidence;
  readonly best: number;
  readonly order: readonly number[];
}

export function fitWeights(input: FitInput): { readonly weights: MatchWeights; readonly report: string } {
  const ours = [...ourSamples(input), ...pasteSamples(input)];
  const theirs = input.others.flatMap((text, at) =>
    variants(text, at + 5000).map(({ text: written, original }) => ({
      text: written,
      original,
      right: undefined,
      analysis: input.analyze(written),
    })),
  );
  const scored = ours.map((sample) => ({
    bySignal: new Map(input.signals.map((signal) => [signal.name, signal.score(queryOf(sample))])),
    right: sample.right ?? 0,
  }));
  const signals = trainRanking(scored, 0.002);

  const framed = framedThings(input.things, createRandom(77)).map((text) => ({
    text,
    original: true,
    right: undefined,
    unseen: true,
    analysis: input.analyze(text),
  }));

  const topic = topicModel(ours, theirs);
  const judged = [...ours, ...theirs, ...framed].map((sample) => judge(sample, { input, signals, topic }));
  const right = trainDecision(
    judged.map(({ evidence, best, right: meant }) => ({
      evidence,
      yes: best === meant,
      weight: meant === undefined ? 2 : 1,
    })),
    0.001,
  );
  const about = trainDecision(
    judged.map(({ evidence, right: meant }) => ({
      evidence,
      yes: meant !== undefined,
      weight: meant === undefined ? 2 : 1,
    })),
    0.001,
  );
  const unfinished = { signals, topic: topic.odds(), right, ours: about, thresholds: { sure: 1, torn: 1 } };
  const believed = judged.map((sample) => ({ ...sample, beliefs: beliefsOf(sample.evidence, unfinished) }));
  const { thresholds, report } = chooseThresholds(believed);
  return {
    weights: { ...unfinished, thresholds },
    report: `${JSON.stringify(signals, undefined, 1)}\n${report}`,
  };
}

function queryOf({ analysis, leftOut }: Sample) {
  return leftOut === undefined ? { analysis } : { analysis, leftOut };
}

function ourSamples({ knowledge, analyze, lexicon }: FitInput): readonly Sample[] {
  return knowledge.phrasings.flatMap((phrasing, leftOut) => {
    if (!knowledge.intents[phrasing.entry]?.ask.includes(phrasing.text)) return [];
    return variants(phrasing.text, leftOut).map(({ text, original }) => {
      const analysis = analyze(text);
      const unknown = analysis.words.filter(
        (word) => !functionWords.has(word) && lexicon.weightOf(word) <= 1,
      );
      return {
        text,
        original,
        right: phrasing.entry,
        leftOut,
        analysis: { ...analysis, unknown: [...new Set(unknown)] },
      };
    });
  });
}

/** Error texts that a single entry is recognised by, inside logs. */
function pasteSamples({ knowledge: { intents }, analyze }: FitInput): readonly Sample[] {
  const all = intents.flatMap(({ errors }, entry) => errors.map((error) => ({ error, entry })));
  const alone = all.filter(
    ({ error, entry }) =>
      !all.some((one) => one.entry !== entry && one.error.toLowerCase() === error.toLowerCase()),
  );
  return alone.flatMap(({ error, entry }, at) => {
    const random = createRandom(at + 9000);
    return [0, 1].map(() => {
      const text = insideLog(error, random);
      return { text, original: false, right: entry, analysis: analyze(text) };
    });
  });
}

function variants(text: string, seed: number): readonly { text: string; original: boolean }[] {
  const random = createRandom(seed + 1);
  return [
    { text, original: true },
    { text: withSlips(text, random), original: false },
    { text: withChatter(text, random), original: false },
  ];
}

function topicModel(ours: readonly Sample[], theirs: readonly Sample[]): TopicModel {
  const model = new TopicModel();
  for (const { analysis, original } of ours) if (original) model.add(analysis, true);
  for (const { analysis, original } of theirs) if (original) model.add(analysis, false);
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
