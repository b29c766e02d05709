import { Queue } from 'bullmq';
import { readScheduleTime, type ScheduleTime } from '../../config/schedule-time.js';
import type { RedisClient } from '../../ops/connect-redis.js';
import { onRedis } from '../../ops/on-redis.js';
import { forgotten, unlimited } from '../queues/job-options.js';
import { scheduleTasks } from '../queues/queue-names.js';
import { nextRun, repeatOf } from './next-run.js';
import type { Schedule } from './schedule.js';

/** What Redis has been told to run, and when. */
interface ScheduleEntries {
  enter(schedule: Schedule): Promise<void>;
  /** As it is meant: at these times, in that zone. */
  has(schedule: Schedule): Promise<boolean>;
  leave(id: string): Promise<void>;
  next(schedule: Schedule, now: Date): Promise<Date | undefined>;
  close(): Promise<void>;
}

export function createScheduleEntries(connection: RedisClient, prefix: string): ScheduleEntries {
  const queue = new Queue('schedules', { connection, prefix });
  // Its commands reject as well: the caller hears of the fault, and the connection logs it.
  queue.on('error', () => undefined);
  const entryOf = (id: string) => onRedis('look up a schedule', () => queue.getJobScheduler(id));

  return {
    enter: async ({ id, when }) => {
      const time = timeOf(when);
      if (time === undefined) return;
      const job = { name: scheduleTasks.run, data: { schedule: id }, opts: { ...unlimited, ...forgotten } };
      await onRedis('keep a schedule', () => queue.upsertJobScheduler(id, repeatOf(time), job));
    },
    has: async ({ id, when }) => {
      const time = timeOf(when);
      const entered = await entryOf(id);
      if (time === undefined) return true;
      if (entered === undefined) return false;
      return 'everyMs' in time
        ? Number(entered.every) === time.everyMs
        : entered.pattern === time.pattern && entered.tz === time.zone;
    },
    leave: async (id) => {
      await onRedis('end a schedule', () => queue.removeJobScheduler(id));
    },
    next: async ({ id, when }, now) => {
      const entered = await entryOf(id);
      const time = timeOf(when);
      if (entered?.next !== undefined) return new Date(entered.next);
      return time && nextRun(time, now);
    },
    close: () => queue.close(),
  };
}

function timeOf(when: string): ScheduleTime | undefined {
  const read = readScheduleTime(when);
  return read.ok ? read.time : undefined;
}
