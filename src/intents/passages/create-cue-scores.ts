import type { CueFeatures } from './cue-features.js';
import type { PassageKinds } from './passage-kinds.js';

/** How much the wording of a question asks for each kind of passage, as shares in logarithm: 0 = for this one only. */
type CueScores = (question: string) => ReadonlyMap<string, number>;

/** As many examples' worth of doubt: how often a feature comes in a kind is drawn to how often it comes at all. */
const DOUBT = 100;
/** Overlapping runs of words say much the same: their sum is scaled down by their number to this power. */
const OVERLAP = 0.7;
/** What is asked for in more ways is asked for more often, if not quite so much more. */
const PRIOR = 0.5;

/** Linear: each word and run of words adds its log odds between the examples of a kind and those of all. */
export function createCueScores(kinds: PassageKinds, featuresOf: CueFeatures): CueScores {
  const asked = Object.entries(kinds).filter(([, { ask }]) => ask.length > 0);
  const names = asked.map(([name]) => name);
  const examples = asked.reduce((sum, [, { ask }]) => sum + ask.length, 0);
  const priors = asked.map(([, { ask }]) => PRIOR * Math.log(ask.length / examples));
  const weights = weightsOf(asked.map(([, { ask }]) => ask.map(featuresOf)));
  return (question) => {
    const found = featuresOf(question)
      .map((feature) => weights.get(feature))
      .filter((odds) => odds !== undefined);
    const scale = Math.max(1, found.length) ** OVERLAP;
    const totals = priors.map(
      (prior, kind) => prior + found.reduce((sum, odds) => sum + (odds[kind] ?? 0), 0) / scale,
    );
    const all = Math.log(totals.reduce((sum, total) => sum + Math.exp(total), 0));
    return new Map(names.map((name, kind) => [name, (totals[kind] ?? 0) - all]));
  };
}

type Examples = readonly (readonly string[])[];

function weightsOf(kinds: readonly Examples[]): ReadonlyMap<string, readonly number[]> {
  const seen = new Map<string, number[]>();
  kinds.forEach((examples, kind) => {
    for (const feature of examples.flat()) {
      const counts = seen.get(feature) ?? kinds.map(() => 0);
      counts[kind] = (counts[kind] ?? 0) + 1;
      seen.set(feature, counts);
    }
  });
  const sizes = kinds.map(({ length }) => length);
  return new Map([...seen].map(([feature, counts]) => [feature, logOdds(counts, sizes)]));
}

function logOdds(counts: readonly number[], sizes: readonly number[]): readonly number[] {
  const usual = counts.reduce((sum, count, kind) => sum + count / (sizes[kind] ?? 1), 0) / counts.length;
  return counts.map((count, kind) =>
    Math.log((count + DOUBT * usual) / ((sizes[kind] ?? 0) + DOUBT) / usual),
  );
}
