import type { MatchWeights } from './data/match-weights.js';
import type { Query, Signal } from './knowledge.js';

export interface Ranking {
  /** Indices of entries, likeliest first. */
  readonly order: readonly number[];
  /** Share of belief in each entry, if one of them is meant at all; adds up to 1. */
  readonly shares: Float64Array;
  /** Score of each entry by signal. */
  readonly bySignal: ReadonlyMap<string, Float64Array>;
}

/** Score of each entry by signal, whatever is ruled out. */
export const scoresOf = (signals: readonly Signal[], query: Query): Ranking['bySignal'] =>
  new Map(signals.map((signal) => [signal.name, signal.score(query)]));

export function rankScores(
  bySignal: ReadonlyMap<string, Float64Array>,
  weights: MatchWeights['signals'],
  ruledOut: readonly boolean[] = [],
): Ranking {
  const [first = new Float64Array()] = bySignal.values();
  const totals = new Float64Array(first.length);
  for (const [name, scores] of bySignal) {
    const weight = weights[name] ?? 0;
    for (let entry = 0; entry < totals.length; entry++)
      totals[entry] = (totals[entry] ?? 0) + weight * (scores[entry] ?? 0);
  }
  ruledOut.forEach((out, entry) => {
    if (out) totals[entry] = Number.NEGATIVE_INFINITY;
  });
  const shares = softmax(totals);
  const order = [...shares.keys()].sort((a, b) => (shares[b] ?? 0) - (shares[a] ?? 0) || a - b);
  return { order, shares, bySignal };
}

function softmax(totals: Float64Array): Float64Array {
  const most = totals.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  if (most === Number.NEGATIVE_INFINITY) return new Float64Array(totals.length);
  const powers = totals.map((total) => Math.exp(total - most));
  const sum = powers.reduce((a, b) => a + b, 0) || 1;
  return powers.map((power) => power / sum);
}
