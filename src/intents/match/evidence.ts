import type { MatchWeights } from './data/match-weights.js';
import type { Ranking } from './rank-entries.js';
import type { TopicOdds } from './topic-odds.js';
import type { Analysis } from './words/analyze.js';

/** What speaks for and against the best entry, by name; the inputs of the two decisions. */
export type Evidence = Readonly<Record<string, number>>;

/** A single concept is near to everything that has it; this many say something together. */
const TELLING = 2;

export function evidenceOf(analysis: Analysis, ranking: Ranking, topic: TopicOdds): Evidence {
  const [best = 0, second = 0] = ranking.order;
  const share = ranking.shares[best] ?? 0;
  const rival = ranking.shares[second] ?? 0;
  const scoreOf = (name: string): number => ranking.bySignal.get(name)?.[best] ?? 0;
  const size = Math.max(1, analysis.stems.length);
  const odds = summarizeOdds(analysis, topic);
  return {
    share,
    lead: Math.log((share + 1e-4) / (rival + 1e-4)),
    letters: scoreOf('letters'),
    'concepts-near': scoreOf('concepts') * Math.min(1, analysis.concepts.length / TELLING),
    odds: scoreOf('odds'),
    'error-text': scoreOf('error-text'),
    keywords: scoreOf('keywords'),
    'topic-mean': odds.mean,
    'topic-sum': odds.sum,
    'topic-best': odds.best,
    'topic-worst': odds.worst,
    foreign: Math.min(4, analysis.foreign.length),
    'foreign-share': Math.min(1, analysis.foreign.length / size),
    elsewhere: analysis.named.others.length > 0 && analysis.named.ours.length === 0 ? 1 : 0,
    unknown: Math.min(1, analysis.unknown.length / size),
    concepts: Math.min(8, analysis.concepts.length),
    length: Math.log(1 + size),
    empty: analysis.stems.length < 2 ? 1 : 0,
  };
}

interface OddsSummary {
  readonly mean: number;
  readonly sum: number;
  /** Mean of the three words that speak most for us. */
  readonly best: number;
  /** Mean of the three words that speak most against us. */
  readonly worst: number;
}

function summarizeOdds(analysis: Analysis, topic: TopicOdds): OddsSummary {
  const odds = analysis.topic.map(topic);
  const sum = sumOf(odds);
  const count = Math.max(1, odds.length);
  const sorted = odds.toSorted((a, b) => a - b);
  return {
    mean: sum / count,
    sum: sum / Math.sqrt(count),
    best: sumOf(sorted.slice(-3)) / 3,
    worst: sumOf(sorted.slice(0, 3)) / 3,
  };
}

function sumOf(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}

/** The two decisions are logistic: bias and weighted evidence, as a probability. */
export function probabilityOf(evidence: Evidence, linear: MatchWeights['right']): number {
  const total = Object.entries(evidence).reduce(
    (sum, [name, value]) => sum + (linear.weights[name] ?? 0) * value,
    linear.bias,
  );
  return 1 / (1 + Math.exp(-total));
}
