import { describe, expect, it } from '@jest/globals';
import { percentile, ratiosOf, summaryOf } from '../../bench/slack/summary.js';

const upTo = (most: number) => Array.from({ length: most }, (_, at) => most - at);
const measure = (acksMs: number[], answersMs: number[]) => ({
  ...{ acksMs, answersMs, unanswered: 0, share: 0.2, ownDelayP99Ms: 1 },
});
const result = {
  acknet: measure(upTo(100), upTo(1000)),
  echo: measure(upTo(50), upTo(100)),
  ...{ rssStartMb: 200.04, rssEndMb: 220, cpuPerMentionMs: 5, complaints: [] },
};

describe('what npm run bench:slack tells', () => {
  it.each([
    [upTo(100), 99, 99],
    [upTo(100), 50, 50],
    [[7], 99, 7],
    [[1, 100], 99, 100],
    [[], 99, Number.NaN],
  ])('a percentile is a value that was measured: of %j, %d', (values, percent, expected) => {
    expect(percentile(values, percent)).toBe(expected);
  });

  it('is these keys and no others, in ms and MB', () => {
    expect(JSON.stringify(summaryOf(result))).toBe(
      '{"ackP50Ms":50,"ackP99Ms":99,"answerP50Ms":500,"answerP99Ms":990,"echoAckP99Ms":50,"echoAnswerP99Ms":99,"rssStartMb":200,"rssEndMb":220}',
    );
  });

  it('is compared with the echo of the same run', () => {
    const { ack, answer, growth } = ratiosOf(summaryOf(result));
    expect([ack, answer, growth].map((ratio) => Math.round(ratio * 100) / 100)).toEqual([1.98, 10, 0.1]);
  });
});
