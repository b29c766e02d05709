import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { Queue, Worker } from 'bullmq';
import { createScheduleStore } from '../../../src/jobs/schedule/create-schedule-store.js';
import { createSchedules } from '../../../src/jobs/schedule/create-schedules.js';
import { scheduleTaskOf } from '../../../src/jobs/schedule/schedule-task.js';
import { createLedger } from '../../../src/ops/audit/ledger.js';
import { quietLogger } from '../../support/quiet-logger.js';
import { redisForTest } from '../../support/redis-for-test.js';
import { waitFor } from '../../support/wait-for.js';

const { connect, newPrefix } = redisForTest();
const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
  jest.restoreAllMocks();
});

/** A schedule that somebody typed at that time, in Redis, and two workers; only the clock is another. */
async function open(when: string, at: string) {
  const clock = jest.spyOn(Date, 'now').mockReturnValue(Date.parse(at));
  const prefix = newPrefix();
  const ran: string[] = [];
  for (const _worker of ['one', 'another']) {
    const run = async (job: Parameters<typeof scheduleTaskOf>[0]) => {
      const task = scheduleTaskOf(job);
      if (task.task === 'run') ran.push(new Date(task.due).toISOString().slice(0, 16));
    };
    const connection = connect();
    connection.options.maxRetriesPerRequest = null;
    const worker = new Worker('schedules', run, { connection, prefix });
    closers.push(() => worker.close());
  }
  const now = () => new Date(Date.now());
  const ledger = createLedger({ redis: connect(), prefix, auditKey: 'a key', logger: quietLogger() });
  const schedules = createSchedules({
    ...{ connection: connect(), prefix, now, inFile: [], seen: { forget: async () => undefined } },
    store: createScheduleStore({ prefix, ledger, now, onUnverified: () => undefined }),
  });
  const queue = new Queue('schedules', { connection: connect(), prefix });
  closers.push(
    () => schedules.close(),
    () => queue.close(),
  );
  const by = { user: 'U0ANA', team: 'T0HOME' };
  const { schedule } = await schedules.add({ cluster: 'all', when, channel: 'C0OPS', always: false, by });
  return {
    ran,
    next: async () => (await schedules.next(schedule))?.toISOString().slice(0, 16),
    /** The clock comes to the next run, which waits in Redis, and one of the workers takes it up. */
    fallDue: async () => {
      const before = ran.length;
      clock.mockReturnValue((await schedules.next(schedule))?.getTime() ?? Number.NaN);
      const [due] = await waitFor('one run waits', async () => {
        const waiting = await queue.getDelayed();
        return waiting.length === 1 ? waiting : undefined;
      });
      await due?.promote();
      await waitFor('it has run', () => ran.length > before);
      await waitFor('the next one waits', async () => (await queue.getDelayedCount()) === 1);
    },
  };
}

describe('a schedule that two workers keep, while the clock of its place is', () => {
  it.each<[string, string, string, readonly string[]]>([
    [
      'put forward over its hour: it runs once, as much later',
      'daily 02:30 Europe/Berlin',
      '2026-03-28T00:00:00Z',
      ['2026-03-28T01:30', '2026-03-29T01:30', '2026-03-30T00:30'],
    ],
    [
      'put back over its hour: it runs once, the first time',
      'daily 02:30 Europe/Berlin',
      '2026-10-24T00:00:00Z',
      ['2026-10-24T00:30', '2026-10-25T00:30', '2026-10-26T01:30'],
    ],
    [
      'put back before its hour: it keeps the hour of the wall',
      'daily 09:00 Europe/Berlin',
      '2026-10-24T00:00:00Z',
      ['2026-10-24T07:00', '2026-10-25T08:00', '2026-10-26T08:00'],
    ],
    [
      'put forward: what runs every six hours does so by the world’s clock',
      'every 6h',
      '2026-03-28T18:00:00Z',
      ['2026-03-28T18:00', '2026-03-29T00:00', '2026-03-29T06:00'],
    ],
  ])('%s', async (_what, when, at, expected) => {
    const { ran, next, fallDue } = await open(when, at);
    // What runs every so often runs at once, too.
    if (when.startsWith('every')) await waitFor('the first run', () => ran.length === 1);
    while (ran.length < expected.length) {
      expect(await next()).toBe(expected[ran.length]);
      await fallDue();
    }
    expect(ran).toEqual(expected);
  });
});
