import { getNextMillis } from 'bullmq';
import type { ScheduleTime } from '../../config/schedule-time.js';

/** What BullMQ is told of a time. */
export const repeatOf = (time: ScheduleTime) =>
  'everyMs' in time ? { every: time.everyMs } : { pattern: time.pattern, tz: time.zone };

/**
 * The next run after `from`, by BullMQ's own rule. Where the clock is put forward over it, it runs as much later as the
 * clock jumped; where the clock is put back over it, it runs once, the first time.
 */
export const nextRun = (time: ScheduleTime, from: Date): Date | undefined => {
  const next = getNextMillis(from.getTime(), repeatOf(time));
  return next === undefined ? undefined : new Date(next);
};
