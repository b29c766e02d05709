import { describe, expect, it } from '@jest/globals';
import { readScheduleTime } from '../../src/config/schedule-time.js';

const formOf = (typed: string) => {
  const read = readScheduleTime(typed);
  return read.ok ? read.time.text : undefined;
};

describe('the time of a schedule', () => {
  it.each([
    ['every 6h', 'every 6h'],
    ['every 6 hours', 'every 6h'],
    ['every 90 min', 'every 90m'],
    ['every 120m', 'every 2h'],
    ['every 24h', 'every 1d'],
    ['every 1.5h', 'every 90m'],
    ['every hour', 'every 1h'],
    ['hourly', 'every 1h'],
    ['Every 15M', 'every 15m'],
    ['every 7d', 'every 7d'],
    ['daily 09:00', 'daily 09:00 UTC'],
    ['daily at 9:05 utc', 'daily 09:05 UTC'],
    ['daily 09:00 Asia/Shanghai', 'daily 09:00 Asia/Shanghai'],
    ['daily 09:00 asia/shanghai', 'daily 09:00 Asia/Shanghai'],
    ['daily 9am America/New York', 'daily 09:00 America/New_York'],
    ['daily 12am America/Argentina/Ushuaia', 'daily 00:00 America/Argentina/Ushuaia'],
    ['every day at 12:30pm', 'daily 12:30 UTC'],
    ['weekdays 09:00 Europe/Berlin', 'weekdays 09:00 Europe/Berlin'],
    ['weekends 10:00', 'weekends 10:00 UTC'],
    ['every monday 08:30', 'mondays 08:30 UTC'],
    ['mon 08:30', 'mondays 08:30 UTC'],
    ['wednesdays 23:59', 'wednesdays 23:59 UTC'],
  ])('%s is %s', (typed, form) => {
    expect(formOf(typed)).toBe(form);
    expect(formOf(form)).toBe(form);
  });

  it.each([
    ['', /When/, 'daily 09:00 Asia/Shanghai'],
    ['every 14m', /Not more often than every 15m/, 'every 15m'],
    ['every 0h', /Not more often/, 'every 15m'],
    ['every 8d', /Not more seldom than every 7d/, 'every 7d'],
    ['every 999999d', /Not more seldom/, 'every 7d'],
    ['every six hours', /no time to check at/, 'every 6h'],
    ['every 6 weeks', /no time to check at/, 'every 6h'],
    ['every -6h', /no time to check at/, 'every 6h'],
    ['6h', /no time to check at/, 'every 6h'],
    ['6', /no time to check at/, 'every 6h'],
    ['09:00 Asia/Tokyo', /no time to check at/, 'daily 09:00 UTC'],
    ['daily', /When/, 'daily 09:00 UTC'],
    ['daily 9', /"9" is no time of day/, 'daily 09:00 UTC'],
    ['daily 24:00', /no time of day/, 'daily 09:00 UTC'],
    ['daily 09:60', /no time of day/, 'daily 09:00 UTC'],
    ['daily 13pm', /no time of day/, 'daily 09:00 UTC'],
    ['daily 09:00 Shanghai', /"Shanghai" is no time zone/, 'daily 09:00 Asia/Shanghai'],
    ['daily 09:00 Beijing', /no time zone/, 'daily 09:00 Asia/Shanghai'],
    ['daily 07:30 Berlin', /no time zone/, 'daily 07:30 Europe/Berlin'],
    ['daily 09:00 Asia/Shanghia', /no time zone/, 'daily 09:00 Asia/Shanghai'],
    // Of several places an hour of their own each; acknet does not guess which.
    ['daily 09:00 CST', /"CST" is no time zone/, 'daily 09:00 Asia/Shanghai'],
    ['daily 09:00 +08:00', /no time zone/, 'daily 09:00 Asia/Shanghai'],
    ['dialy 09:00 Europe/Berlin', /no time to check at/, 'daily 09:00 Europe/Berlin'],
    ['weekday 09:00 Berlin', /no time zone/, 'weekdays 09:00 Europe/Berlin'],
    ['*/5 * * * *', /Cron patterns/, 'daily 09:00 Asia/Shanghai'],
    ['whenever you like', /no time to check at/, 'daily 09:00 Asia/Shanghai'],
    [`daily 09:00 ${'a/'.repeat(5000)}`, /no time zone/, 'daily 09:00 Asia/Shanghai'],
  ])('%s is none, and the nearest is named', (typed, why, near) => {
    expect(readScheduleTime(typed)).toEqual({ ok: false, why: expect.stringMatching(why), near });
    expect(formOf(near)).toBe(near);
  });
});
