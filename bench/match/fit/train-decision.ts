import type { Linear } from '../../../src/intents/match/data/match-weights.js';
import type { Evidence } from '../../../src/intents/match/evidence.js';
import { createAdam, round5 } from './train-ranking.js';

export interface DecisionExample {
  readonly evidence: Evidence;
  readonly yes: boolean;
  /** How much the example counts. */
  readonly weight: number;
}

const ROUNDS = 1500;
const RATE = 0.05;

/** A logistic decision over the evidence, L2-penalised on standardised values. */
export function trainDecision(examples: readonly DecisionExample[], penalty: number): Linear {
  const names = Object.keys(examples[0]?.evidence ?? {});
  const scaled = standardize(examples, names);
  const weights = new Float64Array(names.length + 1);
  const adam = createAdam(weights.length);
  const all = examples.reduce((sum, { weight }) => sum + weight, 0);
  for (let round = 1; round <= ROUNDS; round++) {
    const gradient = weights.map((weight, at) => (at < names.length ? penalty * weight : 0));
    examples.forEach(({ yes, weight }, row) => {
      const values = scaled.rows[row] ?? new Float64Array();
      let total = weights[names.length] as number;
      for (let at = 0; at < names.length; at++) total += (weights[at] as number) * (values[at] as number);
      const miss = ((1 / (1 + Math.exp(-total)) - (yes ? 1 : 0)) * weight) / all;
      for (let at = 0; at < names.length; at++) {
        gradient[at] = (gradient[at] as number) + miss * (values[at] as number);
      }
      gradient[names.length] = (gradient[names.length] as number) + miss;
    });
    adam(weights, gradient, RATE * (1 - round / (ROUNDS + 1)));
  }
  return unscale(weights, names, scaled);
}

interface Scaled {
  readonly rows: readonly Float64Array[];
  readonly means: readonly number[];
  readonly spreads: readonly number[];
}

function standardize(examples: readonly DecisionExample[], names: readonly string[]): Scaled {
  const columns = names.map((name) => examples.map(({ evidence }) => evidence[name] ?? 0));
  const means = columns.map((values) => values.reduce((a, b) => a + b, 0) / values.length);
  const spreads = columns.map(
    (values, at) =>
      Math.sqrt(values.reduce((sum, value) => sum + (value - (means[at] ?? 0)) ** 2, 0) / values.length) || 1,
  );
  const rows = examples.map((_, row) =>
    Float64Array.from(columns, (values, at) => ((values[row] ?? 0) - (means[at] ?? 0)) / (spreads[at] ?? 1)),
  );
  return { rows, means, spreads };
}

function unscale(weights: Float64Array, names: readonly string[], { means, spreads }: Scaled): Linear {
  const plain = names.map((_, at) => (weights[at] ?? 0) / (spreads[at] ?? 1));
  const shift = plain.reduce((sum, weight, at) => sum + weight * (means[at] ?? 0), 0);
  return {
    bias: round5((weights[names.length] ?? 0) - shift),
    weights: Object.fromEntries(names.map((name, at) => [name, round5(plain[at] ?? 0)])),
  };
}
