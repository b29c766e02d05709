/** One question: scores of every entry by signal, and the entry that is right. */
export interface RankingExample {
  readonly bySignal: ReadonlyMap<string, Float64Array>;
  readonly right: number;
}

const ROUNDS = 400;
const RATE = 0.08;

/**
 * Weights under which a softmax over the entries gives the right ones the most belief (conditional logit, Adam, L2).
 * None is negative: a signal speaks for an entry or not at all, however alike two signals are.
 */
export function trainRanking(examples: readonly RankingExample[], penalty: number): Record<string, number> {
  const names = [...(examples[0]?.bySignal.keys() ?? [])];
  const scales = names.map((name) => spreadOf(examples, name));
  const rows = examples.map((example) => toRows(example, names, scales));
  const weights = new Float64Array(names.length).fill(0.5);
  const adam = createAdam(names.length);
  for (let round = 1; round <= ROUNDS; round++) {
    const gradient = weights.map((weight) => penalty * weight);
    rows.forEach((row, at) => {
      addGradient(row, examples[at]?.right ?? 0, { weights, gradient, share: 1 / rows.length });
    });
    adam(weights, gradient, RATE * (1 - round / (ROUNDS + 1)));
    for (let at = 0; at < weights.length; at++) weights[at] = Math.max(0, weights[at] as number);
  }
  return Object.fromEntries(names.map((name, at) => [name, round5((weights[at] ?? 0) / (scales[at] ?? 1))]));
}

function spreadOf(examples: readonly RankingExample[], name: string): number {
  let sum = 0;
  let count = 0;
  for (const { bySignal } of examples) {
    const scores = bySignal.get(name) ?? new Float64Array();
    const mean = scores.reduce((a, b) => a + b, 0) / (scores.length || 1);
    for (const score of scores) sum += (score - mean) ** 2;
    count += scores.length;
  }
  return Math.sqrt(sum / (count || 1)) || 1;
}

/** Entry after entry, one scaled value a signal. */
function toRows(
  { bySignal }: RankingExample,
  names: readonly string[],
  scales: readonly number[],
): Float64Array {
  const entries = bySignal.get(names[0] ?? '')?.length ?? 0;
  const rows = new Float64Array(entries * names.length);
  names.forEach((name, signal) => {
    bySignal.get(name)?.forEach((score, entry) => {
      rows[entry * names.length + signal] = score / (scales[signal] ?? 1);
    });
  });
  return rows;
}

interface Step {
  readonly weights: Float64Array;
  readonly gradient: Float64Array;
  readonly share: number;
}

function addGradient(rows: Float64Array, right: number, { weights, gradient, share }: Step): void {
  const width = weights.length;
  const entries = rows.length / width;
  const totals = new Float64Array(entries);
  for (let entry = 0; entry < entries; entry++) {
    let total = 0;
    for (let at = 0; at < width; at++)
      total += (weights[at] as number) * (rows[entry * width + at] as number);
    totals[entry] = total;
  }
  const most = totals.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const powers = totals.map((total) => Math.exp(total - most));
  const sum = powers.reduce((a, b) => a + b, 0);
  for (let entry = 0; entry < entries; entry++) {
    const miss = (powers[entry] as number) / sum - (entry === right ? 1 : 0);
    for (let at = 0; at < width; at++) {
      gradient[at] = (gradient[at] as number) + share * miss * (rows[entry * width + at] as number);
    }
  }
}

export function createAdam(
  size: number,
): (weights: Float64Array, gradient: Float64Array, rate: number) => void {
  const mean = new Float64Array(size);
  const square = new Float64Array(size);
  let step = 0;
  return (weights, gradient, rate) => {
    step++;
    for (let at = 0; at < size; at++) {
      const slope = gradient[at] as number;
      mean[at] = 0.9 * (mean[at] as number) + 0.1 * slope;
      square[at] = 0.999 * (square[at] as number) + 0.001 * slope * slope;
      const corrected = (mean[at] as number) / (1 - 0.9 ** step);
      const spread = Math.sqrt((square[at] as number) / (1 - 0.999 ** step)) + 1e-8;
      weights[at] = (weights[at] as number) - (rate * corrected) / spread;
    }
  };
}

export function round5(value: number): number {
  return Math.round(value * 1e5) / 1e5;
}
