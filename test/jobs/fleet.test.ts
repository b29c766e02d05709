import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from '@jest/globals';
import { AcknetError } from '../../src/errors.ts';
import { createFleetBoard } from '../../src/jobs/fleet/create-fleet-board.ts';
import { createFleetFlow } from '../../src/jobs/fleet/create-fleet-flow.ts';
import { type FleetRow, failedFleetRow } from '../../src/jobs/fleet/fleet-row.ts';
import { createFleetHandler } from '../../src/jobs/fleet/run-fleet-job.ts';
import { Postponed } from '../../src/jobs/job-context.ts';
import type { FleetJob } from '../../src/jobs/queues/payloads.ts';
import type { FleetReporter } from '../../src/jobs/ports.ts';
import type { Handlers } from '../../src/jobs/start-workers.ts';
import { quietLogger } from '../support/quiet-logger.ts';
import { redisForTest } from '../support/redis-for-test.ts';
import { waitFor } from '../support/wait-for.ts';
import { checkRequest, openQueues, openWorkers } from './sample-jobs.ts';

const { connect, newPrefix } = redisForTest();
const redis = connect();
const cleanUps: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

const request = {
  checks: ['a-check'],
  clusters: ['one', 'two', 'three'],
  leftOut: [],
  requestedBy: { user: 'U0ASKER', team: 'T0HOME' },
  channel: 'C0OPS',
};
const row = (runId: string, cluster: string): FleetRow => ({
  ...{ cluster, runId, outcome: 'clear', problems: 0, advice: 0, muted: 0, unread: 0 },
});

function recordingReporter(faults: Partial<FleetReporter> = {}) {
  const told = { started: 0, progress: [] as number[], finished: [] as FleetRow[][], failed: [] as string[] };
  const reporter: FleetReporter = {
    started: async () => {
      told.started += 1;
    },
    progress: async (_fleet, rows) => void told.progress.push(rows.length),
    finished: async (_fleet, rows) => void told.finished.push([...rows]),
    failed: async (_fleet, error) => void told.failed.push(error.code),
    ...faults,
  };
  return { told, reporter };
}

/** The queues and handlers of a fleet; only what a cluster's check does is the test's. */
function setUp(faults: Partial<FleetReporter> = {}) {
  const prefix = newPrefix();
  const queues = openQueues(redis, prefix);
  const options = { connection: redis, prefix, now: () => new Date(), newId: randomUUID, showEveryMs: 10 };
  const fleets = createFleetFlow(options);
  const board = createFleetBoard({ redis, prefix });
  const { told, reporter } = recordingReporter(faults);
  cleanUps.push(
    () => queues.close(),
    () => fleets.close(),
  );
  const fleet = createFleetHandler({
    ...{ fleets, board, reporter, queues, redis, prefix, leaseMs: 2000, logger: quietLogger() },
    ...{ tellSchedule: async () => undefined, scheduleFailed: async () => undefined },
  });
  const fleetCheck: Handlers['fleetCheck'] = async (job) => {
    await board.record(job.fleet, row(job.runId, job.cluster));
    await fleets.show(job.fleet);
  };
  const start = async (more: Parameters<typeof openWorkers>[2] = {}) => {
    const workers = await openWorkers(redis, prefix, { fleet, fleetCheck, ...more });
    cleanUps.push(() => workers.close(0));
  };
  return { prefix, queues, fleets, board, told, fleet, fleetCheck, start };
}

const clustersOf = (rows: readonly FleetRow[] | undefined) => rows?.map(({ cluster }) => cluster);

describe('a fleet', () => {
  it('tells its outcome once, when every cluster has its row, in the order asked', async () => {
    const { fleets, told, start } = setUp();
    await start();
    await fleets.start(request);
    await waitFor('the outcome is told', () => told.finished.length > 0);
    expect(clustersOf(told.finished[0])).toEqual(['one', 'two', 'three']);
    expect(told.started).toBeGreaterThan(0);
    expect(told).toMatchObject({ failed: [], finished: { length: 1 } });
  });

  it('asks its clusters side by side', async () => {
    const { fleets, told, start, fleetCheck } = setUp();
    let inside = 0;
    let most = 0;
    await start({
      fleetCheck: async (job, context) => {
        inside += 1;
        most = Math.max(most, inside);
        await waitFor('all are inside', () => most === 3);
        inside -= 1;
        await fleetCheck(job, context);
      },
    });
    await fleets.start(request);
    await waitFor('the outcome is told', () => told.finished.length > 0);
    expect(most).toBe(3);
  });

  it('waits for a free slot of each cluster like any check', async () => {
    const { queues, fleets, told, start } = setUp();
    const release = new AbortController();
    const held: string[] = [];
    await start({
      limits: { checksPerCluster: 1 },
      check: async ({ cluster }) => {
        held.push(cluster);
        await once(release.signal, 'abort');
      },
    });
    await queues.check({ ...checkRequest, cluster: 'two' });
    await waitFor('the check runs', () => held.length === 1);
    await fleets.start(request);
    await waitFor('the others are shown', () => told.progress.at(-1) === 2);
    expect(told.finished).toEqual([]);
    release.abort();
    await waitFor('the outcome is told', () => told.finished.length > 0);
  });

  it('joins no check, and no check joins it', async () => {
    const { queues, fleets } = setUp();
    const same = { ...checkRequest, cluster: 'one', checks: ['a-check'] };
    await queues.check(same);
    await fleets.start(request);
    expect((await queues.running()).filter(({ job }) => job.fleet !== undefined)).toHaveLength(3);
    expect((await queues.counts()).checks.waiting).toBe(4);
    const other = await queues.check({ ...same, cluster: 'two' });
    expect(other.joined).toBe(false);
  });

  it('lets a check that someone asked for by name go first', async () => {
    const { queues, fleets, start, fleetCheck } = setUp();
    const order: string[] = [];
    await fleets.start(request);
    await queues.check({ ...checkRequest, cluster: 'urgent' });
    await start({
      limits: {
        concurrency: {
          ...{ checks: 1, fixes: 1, questions: 1, cards: 1 },
          ...{ fleets: 1, alerts: 1, homes: 1, schedules: 1 },
        },
      },
      check: async ({ cluster }) => void order.push(cluster),
      fleetCheck: async (job, context) => {
        order.push(job.cluster);
        await fleetCheck(job, context);
      },
    });
    await waitFor('all ran', () => order.length === 4);
    expect(order[0]).toBe('urgent');
  });

  it('says of a cluster whose check was lost that it was', async () => {
    const { fleets, told, start, fleetCheck } = setUp();
    await start({
      fleetCheck: async (job, context) => {
        if (job.cluster === 'two') throw new TypeError('undefined is not a function');
        await fleetCheck(job, context);
      },
    });
    await fleets.start(request);
    await waitFor('the outcome is told', () => told.finished.length > 0);
    expect(told.finished[0]?.map(({ outcome }) => outcome)).toEqual(['clear', 'unknown', 'clear']);
    expect(told.finished[0]?.[1]?.detail).toContain('ended without a result');
  });

  it('whose outcome could not be told for a while is told it later', async () => {
    const finished: FleetRow[][] = [];
    let attempts = 0;
    const { fleets, told, start } = setUp({
      finished: async (_fleet, rows) => {
        attempts += 1;
        if (attempts === 1) throw new AcknetError('slack.failed', 'ratelimited');
        finished.push([...rows]);
      },
    });
    await start();
    await fleets.start(request);
    await waitFor('the outcome is told', () => finished.length > 0);
    expect(told.failed).toEqual([]);
  });

  it('whose outcome cannot be told ends in an error that is', async () => {
    const { fleets, told, start } = setUp({
      finished: async () => {
        throw new AcknetError('slack.rejected', 'not_in_channel');
      },
    });
    await start();
    await fleets.start(request);
    await waitFor('the failure is told', () => told.failed.length > 0);
    expect(told.failed).toEqual(['slack.rejected']);
  });

  it('whose message cannot stand is not waited for: its checks are cancelled, and the asker is told', async () => {
    const { fleets, told, start, fleetCheck } = setUp({
      started: async () => {
        throw new AcknetError('slack.rejected', 'not_in_channel');
      },
    });
    await start({
      fleetCheck: async (job, context) => {
        if (!context.signal.aborted) await once(context.signal, 'abort');
        await fleetCheck(job, context);
      },
    });
    await fleets.start(request);
    await waitFor('the outcome comes', () => told.finished.length > 0);
    expect(told.failed).toEqual(['slack.rejected']);
  });

  it('shows no progress any more once the outcome is told', async () => {
    const { fleets, told, start, fleet } = setUp();
    await start();
    const { fleetId } = await fleets.start(request);
    await waitFor('the outcome is told', () => told.finished.length > 0);
    const shown = told.progress.length;
    // Who told it may hold the message a moment longer.
    const show = () => fleet({ task: 'show', fleetId }, contextOf()).then(() => true, isNotPostponed);
    await waitFor('the message is looked after', show);
    expect(told.progress).toHaveLength(shown);
  });
});

describe('a worker that is killed with a cluster of a fleet', () => {
  it('leaves it to another, and the outcome has all clusters', async () => {
    const { prefix, fleets, told, start } = setUp();
    const child = fork(new URL('./hanging-worker.mjs', import.meta.url).pathname, [], {
      env: {
        ...process.env,
        ...{ REDIS_URL: process.env.ACKNET_TEST_REDIS_URL, PREFIX: prefix, QUEUE: 'checks' },
      },
      execArgv: [],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    cleanUps.push(() => child.kill('SIGKILL'));
    const began = once(child, 'message');
    await fleets.start(request);
    await began;
    child.kill('SIGKILL');
    await once(child, 'exit');

    await start();
    await waitFor('the outcome is told', () => told.finished.length > 0);
    expect(told.finished[0]?.map(({ outcome }) => outcome)).toEqual(['clear', 'clear', 'clear']);
  });
});

describe('what is known of a fleet', () => {
  it('is kept by cluster, the last word counting', async () => {
    const board = createFleetBoard({ redis, prefix: newPrefix() });
    await board.record('f', row('r1', 'one'));
    await board.record(
      'f',
      failedFleetRow('r1', 'one', new AcknetError('cluster.unknown', 'No.', { hint: 'Name it.' })),
    );
    await board.record('f', row('r2', 'two'));
    const rows = await board.rows('f');
    expect([...rows.keys()].sort()).toEqual(['one', 'two']);
    expect(rows.get('one')).toMatchObject({ outcome: 'unknown', detail: 'No. Name it.' });
    expect((await board.rows('other')).size).toBe(0);
  });

  it.each(['{"cluster":"two","result":"fine"}', 'no JSON', 'null'])(
    'leaves aside the row of another version, with one word about it: %s',
    async (stored) => {
      const prefix = newPrefix();
      const unreadable: string[] = [];
      const board = createFleetBoard({ redis, prefix, onUnreadable: (id) => unreadable.push(id) });
      await board.record('f', row('r1', 'one'));
      await redis.hset(`${prefix}:fleet:f`, 'two', stored);
      for (const _look of [1, 2]) expect([...(await board.rows('f')).keys()]).toEqual(['one']);
      expect(unreadable).toEqual(['f two']);
    },
  );
});

function isNotPostponed(error: unknown): false {
  if (error instanceof Postponed) return false;
  throw error;
}

function contextOf(): Parameters<ReturnType<typeof createFleetHandler>>[1] {
  return {
    signal: new AbortController().signal,
    lastAttempt: true,
    saved: undefined,
    save: async () => undefined,
  };
}

it('keeps what a fleet was asked, for the buttons under it', async () => {
  const { fleets } = setUp();
  const fleet: FleetJob = await fleets.start(request);
  expect(await fleets.find(fleet.fleetId)).toEqual(fleet);
  expect(await fleets.find('gone')).toBeUndefined();
});
