import { describe, expect, it } from '@jest/globals';
import { readScheduleTime } from '../../../src/config/schedule-time.js';
import { nextRun } from '../../../src/jobs/schedule/next-run.js';

function runs(when: string, from: string, count: number): readonly (string | undefined)[] {
  const read = readScheduleTime(when);
  if (!read.ok) throw new TypeError(read.why);
  const found: (Date | undefined)[] = [];
  for (let at: Date | undefined = new Date(from); at !== undefined && found.length < count; ) {
    at = nextRun(read.time, at);
    found.push(at);
  }
  return found.map((at) => at?.toISOString().slice(0, 16));
}

describe('the next run', () => {
  it.each([
    ['daily 09:00 Asia/Shanghai', '2026-11-30T00:59:00Z', ['2026-11-30T01:00', '2026-12-01T01:00']],
    ['weekdays 09:00 Asia/Shanghai', '2026-12-04T02:00:00Z', ['2026-12-07T01:00', '2026-12-08T01:00']],
    // Monday morning in Auckland is Sunday evening in London.
    ['mondays 08:30 Pacific/Auckland', '2026-12-01T00:00:00Z', ['2026-12-06T19:30', '2026-12-13T19:30']],
    [
      'weekends 10:00 UTC',
      '2026-11-30T00:00:00Z',
      ['2026-12-05T10:00', '2026-12-06T10:00', '2026-12-12T10:00'],
    ],
  ])('of %s after %s', (when, from, expected) => {
    expect(runs(when, from, expected.length)).toEqual(expected);
  });

  it.each([
    // The clock is put forward: the hour of the wall stays, that of the world moves.
    [
      'daily 09:00 Europe/Berlin',
      '2026-03-28T00:00:00Z',
      ['2026-03-28T08:00', '2026-03-29T07:00', '2026-03-30T07:00'],
    ],
    [
      'daily 09:00 Europe/Berlin',
      '2026-10-24T00:00:00Z',
      ['2026-10-24T07:00', '2026-10-25T08:00', '2026-10-26T08:00'],
    ],
    // 02:30 does not exist on the 29th: it runs once, at what 02:30 would be, 03:30.
    [
      'daily 02:30 Europe/Berlin',
      '2026-03-28T00:00:00Z',
      ['2026-03-28T01:30', '2026-03-29T01:30', '2026-03-30T00:30'],
    ],
    // 02:30 comes twice on the 25th: it runs once, the first time.
    [
      'daily 02:30 Europe/Berlin',
      '2026-10-24T00:00:00Z',
      ['2026-10-24T00:30', '2026-10-25T00:30', '2026-10-26T01:30'],
    ],
    [
      'daily 01:30 America/New_York',
      '2026-10-31T00:00:00Z',
      ['2026-10-31T05:30', '2026-11-01T05:30', '2026-11-02T06:30'],
    ],
    // Half an hour of daylight saving, on the other half of the world.
    ['daily 09:00 Australia/Lord_Howe', '2026-10-02T23:00:00Z', ['2026-10-03T22:00', '2026-10-04T22:00']],
  ])('of %s across the change after %s', (when, from, expected) => {
    expect(runs(when, from, expected.length)).toEqual(expected);
  });
});
