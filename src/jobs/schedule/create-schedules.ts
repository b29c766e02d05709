import type { RedisClient } from '../../ops/connect-redis.js';
import type { Person } from '../../proposals/proposal.js';
import type { ScheduleStore } from './create-schedule-store.js';
import { type Schedule, type ScheduleEnd, scheduleId } from './schedule.js';
import { createScheduleEntries } from './schedule-entries.js';
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
  const entries = createScheduleEntries(connection, prefix);
  /** What this process last saw to be typed: all that is left of it where Redis comes back empty. */
  let known: readonly Schedule[] = [];

  const typed = async (): Promise<readonly Schedule[]> => (await store.list()) ?? [];
  const all = async () => {
    const own = new Set(inFile.map(({ id }) => id));
    return [...inFile, ...(await typed()).filter(({ id }) => !own.has(id))];
  };
  const active = async () => (await all()).filter(({ ended }) => ended === undefined);

  return {
    all,
    find: async (id) => (await active()).find((schedule) => schedule.id === id),

    add: async (request) => {
      const id = scheduleId(request.channel, request.cluster);
      const schedule: Schedule = { id, ...request, at: now().toISOString() };
      const before = await write(store, schedule, request.by);
      await entries.enter(schedule);
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
      await entries.leave(id);
      await seen.forget(id);
    },

    next: (schedule) => entries.next(schedule, now()),

    look: async () => {
      const list = await store.list();
      // What people ended stays in the list for longer than two looks are apart.
      const lost = known.filter(({ id }) => !(list ?? []).some((one) => one.id === id));
      known = (list ?? []).filter(({ ended }) => ended === undefined);
      const missing: Schedule[] = [];
      for (const schedule of await active()) if (!(await entries.has(schedule))) missing.push(schedule);
      return { lost, missing };
    },

    enter: async (schedule) => {
      if (!(await entries.has(schedule))) await entries.enter(schedule);
    },

    close: entries.close,
  };
}

/** The one whose place it takes; undefined = there was none. */
async function write(store: ScheduleStore, schedule: Schedule, by: Person): Promise<Schedule | undefined> {
  const { id, cluster, when, channel } = schedule;
  let before: Schedule | undefined;
  await store.update((list) => {
    before = list.find((one) => one.id === id && one.ended === undefined);
    return {
      next: [...list.filter((one) => one.id !== id), schedule],
      entry: { action: 'scheduled', actor: by, cluster, detail: `${when} in ${channel}` },
    };
  });
  return before;
}
