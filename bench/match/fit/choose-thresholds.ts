import type { MatchWeights } from '../../../src/intents/match/data/match-weights.js';
import type { Beliefs } from '../../../src/intents/match/decide.js';
import type { JudgedSample } from './fit-weights.js';

export interface BelievedSample extends JudgedSample {
  readonly beliefs: Beliefs;
}

/** What the cross-validation may show at most: well below what is promised, because messages by other hands are harder. */
const LIMITS = { wrongSure: 0.01, falseSure: 0.005, falsePlaced: 0.09 };

/** The lowest thresholds that keep the limits: as many answers as can be given without breaking them. */
export function chooseThresholds(samples: readonly BelievedSample[]): {
  readonly thresholds: MatchWeights['thresholds'];
  readonly report: string;
} {
  const ours = samples.filter(({ right }) => right !== undefined);
  const theirs = samples.filter(({ right }) => right === undefined);
  const steps = Array.from({ length: 199 }, (_, at) => (at + 1) / 200);
  const sure =
    steps.find(
      (step) =>
        share(ours, ({ beliefs, best, right }) => beliefs.right >= step && best !== right) <=
          LIMITS.wrongSure && share(theirs, ({ beliefs }) => beliefs.right >= step) <= LIMITS.falseSure,
    ) ?? 0.995;
  const torn =
    steps.find((step) => share(theirs, ({ beliefs }) => beliefs.ours >= step) <= LIMITS.falsePlaced) ?? 0.995;
  return { thresholds: { sure, torn }, report: reportOf(ours, theirs, { sure, torn }) };
}

function reportOf(
  ours: readonly BelievedSample[],
  theirs: readonly BelievedSample[],
  { sure, torn }: MatchWeights['thresholds'],
): string {
  const isSure = ({ beliefs }: BelievedSample) => beliefs.right >= sure;
  const isPlaced = (sample: BelievedSample) => isSure(sample) || sample.beliefs.ours >= torn;
  const originals = ours.filter(({ original }) => original);
  const line = (name: string, value: number) => `${name.padEnd(28)}${(100 * value).toFixed(1)} %`;
  return [
    `thresholds: sure ${sure}, torn ${torn}`,
    line(
      'top 1',
      share(originals, ({ best, right }) => best === right),
    ),
    line(
      'top 3',
      share(originals, ({ order, right }) => order.slice(0, 3).includes(right ?? -1)),
    ),
    line(
      'top 1, all variants',
      share(ours, ({ best, right }) => best === right),
    ),
    line('sure', share(originals, isSure)),
    line('placed', share(originals, isPlaced)),
    line(
      'wrong sure',
      share(originals, (sample) => isSure(sample) && sample.best !== sample.right),
    ),
    line('false sure', share(theirs, isSure)),
    line(
      'false torn',
      share(theirs, (sample) => isPlaced(sample) && !isSure(sample)),
    ),
  ].join('\n');
}

function share<T>(samples: readonly T[], test: (sample: T) => boolean): number {
  return samples.filter(test).length / (samples.length || 1);
}
