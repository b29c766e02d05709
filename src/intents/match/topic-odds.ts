import type { Analysis } from './words/analyze.js';

/** In how many texts a stem or `:concept` stands. */
export interface WordCounts {
  readonly texts: number;
  readonly counts: Readonly<Record<string, number>>;
}

/** Log odds of a stem or `:concept` in our phrasings against messages on other topics. */
export type TopicOdds = (feature: string) => number;

type Words = Pick<Analysis, 'topic'>;

export function countWords(analyses: readonly Words[]): WordCounts {
  const counts = new Map<string, number>();
  for (const analysis of analyses) {
    for (const feature of analysis.topic) counts.set(feature, (counts.get(feature) ?? 0) + 1);
  }
  return {
    texts: analyses.length,
    counts: Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

/** A text that was counted in, to be asked about as if it had not been. */
interface LeftOut {
  readonly analysis: Words;
  readonly ours: boolean;
}

const DOUBT = 1;
const CAP = 4;

export function topicOdds(ours: WordCounts, others: WordCounts, leftOut?: LeftOut): TopicOdds {
  const own = new Set(leftOut === undefined ? [] : leftOut.analysis.topic);
  const less = (feature: string, side: boolean): number =>
    leftOut?.ours === side && own.has(feature) ? 1 : 0;
  return (feature) => {
    const we = (ours.counts[feature] ?? 0) - less(feature, true);
    const they = (others.counts[feature] ?? 0) - less(feature, false);
    if (we + they <= 0) return 0;
    const ratio = (we + DOUBT) / (ours.texts + 2 * DOUBT) / ((they + DOUBT) / (others.texts + 2 * DOUBT));
    return Math.max(-CAP, Math.min(CAP, Math.log(ratio)));
  };
}
