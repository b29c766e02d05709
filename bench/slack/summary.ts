import type { LoadMeasure } from './messages.js';

/** One run, in ms and MB: what `--json` prints. */
export interface Summary {
  readonly ackP50Ms: number;
  readonly ackP99Ms: number;
  readonly answerP50Ms: number;
  readonly answerP99Ms: number;
  readonly echoAckP99Ms: number;
  readonly echoAnswerP99Ms: number;
  readonly rssStartMb: number;
  readonly rssEndMb: number;
}

export interface LoadResult {
  readonly acknet: LoadMeasure;
  readonly echo: LoadMeasure;
  /** Once it is warm: after the first third, and after 20 s at the latest. */
  readonly rssStartMb: number;
  readonly rssEndMb: number;
  /** Of all of acknet's processes, in ms. */
  readonly cpuPerMentionMs: number;
  readonly complaints: readonly string[];
}

export const summaryOf = ({ acknet, echo, rssStartMb, rssEndMb }: LoadResult): Summary => ({
  ackP50Ms: tenths(percentile(acknet.acksMs, 50)),
  ackP99Ms: tenths(percentile(acknet.acksMs, 99)),
  answerP50Ms: tenths(percentile(acknet.answersMs, 50)),
  answerP99Ms: tenths(percentile(acknet.answersMs, 99)),
  echoAckP99Ms: tenths(percentile(echo.acksMs, 99)),
  echoAnswerP99Ms: tenths(percentile(echo.answersMs, 99)),
  rssStartMb: tenths(rssStartMb),
  rssEndMb: tenths(rssEndMb),
});

const tenths = (value: number): number => Math.round(value * 10) / 10;

/** The smallest value that so many in a hundred do not exceed. NaN where there is none. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? Number.NaN;
}

/** What the aims are about. */
export const ratiosOf = (summary: Summary) => ({
  ack: summary.ackP99Ms / summary.echoAckP99Ms,
  answer: summary.answerP99Ms / summary.echoAnswerP99Ms,
  growth: summary.rssEndMb / summary.rssStartMb - 1,
});
