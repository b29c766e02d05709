import type { Candidate, Intent, Match } from '../intent.js';
import type { MatchWeights } from './data/match-weights.js';
import { type Evidence, probabilityOf } from './evidence.js';
import type { Ranking } from './rank-entries.js';

/** The two beliefs a decision rests on, 0 to 1. */
export interface Beliefs {
  /** That the best entry is the right one. */
  readonly right: number;
  /** That the message is about something the knowledge base knows. */
  readonly ours: number;
}

export function beliefsOf(evidence: Evidence, weights: MatchWeights): Beliefs {
  return { right: probabilityOf(evidence, weights.right), ours: probabilityOf(evidence, weights.ours) };
}

const MOST_TORN = 4;
const LEAST_SHARE = 0.03;
/** An entry that leaves another this much less of the belief is not sure, however well it fits. */
const SURE_SHARE = 0.8;
/** One that leaves the others next to nothing is sure a little earlier, where the message is plainly about ours and nothing else. */
const ALONE = { share: 0.998, right: 0.8, ours: 0.85, foreign: 0.12 } as const;
const NEAREST = 3;
/** Below this, near topics would only be noise. */
const LEAST_OURS = 0.01;

interface Decision {
  readonly beliefs: Beliefs;
  readonly thresholds: MatchWeights['thresholds'];
  /** Whether there is anything to go by at all. */
  readonly saysSomething: boolean;
  /** How many of its words belong to another field, 0 to 1. */
  readonly foreignShare: number;
}

export function decide(intents: readonly Intent[], ranking: Ranking, decision: Decision): Match {
  const { beliefs, thresholds, saysSomething } = decision;
  const nothing: Match = { kind: 'unplaced', nearest: [] };
  if (!saysSomething) return nothing;
  const candidates = ranking.order
    .slice(0, MOST_TORN + 1)
    .filter((entry) => (ranking.shares[entry] ?? 0) > 0)
    .map((entry) => candidateOf(intents, ranking, { entry, beliefs }));
  const [best, ...others] = candidates;
  if (best === undefined) return nothing;
  const fits = beliefs.right >= thresholds.sure;
  const share = ranking.shares[ranking.order[0] ?? 0] ?? 0;
  if ((fits && share >= SURE_SHARE) || isAlone(share, decision)) {
    return { kind: 'sure', best: { id: best.id, score: round(beliefs.right) }, others };
  }
  if ((fits || beliefs.ours >= thresholds.torn) && candidates.length > 1) {
    const likely = ranking.order.filter((entry) => (ranking.shares[entry] ?? 0) >= LEAST_SHARE).length;
    return { kind: 'torn', candidates: candidates.slice(0, Math.min(MOST_TORN, Math.max(2, likely))) };
  }
  const near = candidates.filter((_, at) => (ranking.shares[ranking.order[at] ?? 0] ?? 0) >= LEAST_SHARE);
  return { kind: 'unplaced', nearest: beliefs.ours < LEAST_OURS ? [] : near.slice(0, NEAREST) };
}

const isAlone = (share: number, { beliefs: { right, ours }, foreignShare }: Decision): boolean =>
  share >= ALONE.share && right >= ALONE.right && ours >= ALONE.ours && foreignShare <= ALONE.foreign;

function candidateOf(
  intents: readonly Intent[],
  { shares }: Ranking,
  { entry, beliefs }: { readonly entry: number; readonly beliefs: Beliefs },
): Candidate {
  return { id: intents[entry]?.id ?? '', score: round((shares[entry] ?? 0) * beliefs.ours) };
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
