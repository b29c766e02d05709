import { Queue } from 'bullmq';
import { readScheduleTime, type ScheduleTime } from '../../config/schedule-time.js';
import type { RedisClient } from '../../ops/connect-redis.js';
import { onRedis } from '../../ops/on-redis.js';
import type { Person } from '../../proposals/proposal.js';
import { forgotten, unlimited } from '../queues/job-options.js';
import { scheduleTasks } from '../queues/queue-names.js';
import type { ScheduleStore } from './create-schedule-store.js';
import { nextRun, repeatOf } from './next-run.js';
import { type Schedule, type ScheduleEnd, scheduleId } from './schedule.js';
import type { SeenStore } from './seen/create-seen-store.js';

/** What is to be checked when, whoever said so. Redis keeps when each is due; what is due once runs once. */
export interface Schedules {
  /** Those under way, acknet.yaml's first, and those that people ended lately. */
  all(): Promise<readonly Schedule[]>;
  /** undefined = there is none of that id (any more). */
  find(id: string): Promise<Schedule | undefined>;
  /** Takes the place of the one of this cluster in this channel, which is returned. */
  add(
    request: ScheduleRequest,
  ): Promise<{ readonly schedule: Schedule; readonly before?: Schedule | undefined }>;
  end(id: string, end: Pick<ScheduleEnd, 'why' | 'by'>): Promise<void>;
  next(schedule: Schedule): Promise<Date | undefined>;
  /** What Redis has lost of those that people typed, and what of all there is to be it does not run. */
  look(): Promise<{ readonly lost: readonly Schedule[]; readonly missing: readonly Schedule[] }>;
  /** Has Redis run it, unless it does. */
  enter(schedule: Schedule): Promise<void>;
  close(): Promise<void>;
}

interface ScheduleRequest extends Pick<Schedule, 'cluster' | 'when' | 'channel' | 'always'> {
  readonly by: Person;
}

interface SchedulesOptions {
  readonly connection: RedisClient;
  readonly prefix: string;
  readonly store: ScheduleStore;
  readonly seen: Pick<SeenStore, 'forget'>;
  /** Those of acknet.yaml. */
  readonly inFile: readonly Schedule[];
  readonly now: () => Date;
}

export function createSchedules(options: SchedulesOptions): Schedules {
  const { connection, prefix, store, seen, inFile, now } = options;
  const queue = new Queue('schedules', { connection, prefix });
  // Its commands reject as well: the caller hears of the fault, and the connection logs it.
  queue.on('error', () => undefined);
  /** What this process last saw to be typed: all that is left of it where Redis comes back empty. */
  let known: readonly Schedule[] = [];

  const typed = async (): Promise<readonly Schedule[]> => (await store.list()) ?? [];
  const all = async () => {
    const own = new Set(inFile.map(({ id }) => id));
    return [...inFile, ...(await typed()).filter(({ id }) => !own.has(id))];
  };
  const active = async () => (await all()).filter(({ ended }) => ended === undefined);

  const enter = async ({ id, when }: Schedule): Promise<void> => {
    const time = timeOf(when);
    if (time === undefined) return;
    const job = { name: scheduleTasks.run, data: { schedule: id }, opts: { ...unlimited, ...forgotten } };
    await onRedis('keep a schedule', () => queue.upsertJobScheduler(id, repeatOf(time), job));
  };
  const isEntered = async ({ id, when }: Schedule): Promise<boolean> => {
    const time = timeOf(when);
    const entered = await onRedis('look up a schedule', () => queue.getJobScheduler(id));
    if (time === undefined) return true;
    if (entered === undefined) return false;
    return 'everyMs' in time
      ? Number(entered.every) === time.everyMs
      : entered.pattern === time.pattern && entered.tz === time.zone;
  };

  return {
    all,
    find: async (id) => (await active()).find((schedule) => schedule.id === id),

    add: async (request) => {
      const id = scheduleId(request.channel, request.cluster);
      const schedule: Schedule = { id, ...request, at: now().toISOString() };
      let before: Schedule | undefined;
      await store.update((list) => {
        before = list.find((one) => one.id === id && one.ended === undefined);
        const detail = `${request.when} in ${request.channel}`;
        return {
          next: [...list.filter((one) => one.id !== id), schedule],
          entry: { action: 'scheduled', actor: request.by, cluster: request.cluster, detail },
        };
      });
      await enter(schedule);
      return { schedule, before };
    },

    end: async (id, { why, by }) => {
      await store.update((list) => {
        const one = list.find((schedule) => schedule.id === id && schedule.ended === undefined);
        if (one === undefined) return undefined;
        const gone = { ...one, ended: { at: now().toISOString(), why, by } };
        return {
          next: list.map((schedule) => (schedule === one ? gone : schedule)),
          entry: { action: 'unscheduled', actor: by ?? 'system', cluster: one.cluster, detail: why },
        };
      });
      await onRedis('end a schedule', () => queue.removeJobScheduler(id));
      await seen.forget(id);
    },

    next: async ({ id, when }) => {
      const entered = await onRedis('look up a schedule', () => queue.getJobScheduler(id));
      const time = timeOf(when);
      if (entered?.next !== undefined) return new Date(entered.next);
      return time && nextRun(time, now());
    },

    look: async () => {
      const list = await store.list();
      // What people ended stays in the list for longer than two looks are apart.
      const lost = known.filter(({ id }) => !(list ?? []).some((one) => one.id === id));
      known = (list ?? []).filter(({ ended }) => ended === undefined);
      const missing: Schedule[] = [];
      for (const schedule of await active()) if (!(await isEntered(schedule))) missing.push(schedule);
      return { lost, missing };
    },

    enter: async (schedule) => {
      if (!(await isEntered(schedule))) await enter(schedule);
    },

    close: () => queue.close(),
  };
}

function timeOf(when: string): ScheduleTime | undefined {
  const read = readScheduleTime(when);
  return read.ok ? read.time : undefined;
}
