import { describe, expect, it } from '@jest/globals';
import { noClouds } from '../../../src/cloud/ports.ts';
import { AcknetError } from '../../../src/errors.ts';
import type { FleetRow } from '../../../src/jobs/fleet/fleet-row.ts';
import { createFleetCheckHandler } from '../../../src/jobs/fleet/run-fleet-check-job.ts';
import { HandedOver, type JobContext } from '../../../src/jobs/job-context.ts';
import { createMetrics } from '../../../src/ops/metrics.ts';
import { attempts, checkJob } from '../open-job-stand.ts';

const unreachable = new AcknetError('redis.unavailable', 'Redis is away.');
const unknown = new AcknetError('cluster.unknown', 'No cluster named cluster-x.');

function setUp(error: Error) {
  const told = { rows: [] as FleetRow[], shown: [] as string[] };
  const handler = createFleetCheckHandler({
    clouds: noClouds,
    clusters: {
      names: [],
      get: () => {
        throw error;
      },
    },
    checks: [],
    store: { history: async () => [] },
    runs: {
      get: async () => undefined,
      save: async () => undefined,
      last: async () => undefined,
      remember: async () => undefined,
    },
    mutes: { active: async () => [], remove: async () => false, add: () => Promise.reject(error) },
    board: {
      record: async (_fleet, row) => void told.rows.push(row),
      rows: async () => new Map(),
      close: async () => undefined,
      isClosed: async () => false,
    },
    fleets: { show: async (fleetId) => void told.shown.push(fleetId) },
    now: () => new Date(),
    deadlineMs: 1000,
    metrics: createMetrics(),
  });
  const run = (context: Partial<JobContext>) =>
    handler({ ...checkJob('run-1'), fleet: 'fleet-1' }, attempts().attempt(context));
  return { told, run };
}

describe('a cluster of a fleet', () => {
  it.each([
    ['that does not exist here', unknown, {}, 'No cluster named cluster-x.'],
    ['whose last attempt failed', unreachable, { lastAttempt: true }, 'Redis is away.'],
    ['whose check is broken', new TypeError('x is undefined'), {}, 'A fault in acknet: x is undefined'],
    [
      'that too many workers died with',
      unreachable,
      { givenUp: new AcknetError('job.abandoned', '6 workers died.') },
      '6 workers died.',
    ],
  ])(
    '%s is unknown, with the reason, and its message is brought in line',
    async (_what, error, context, detail) => {
      const { told, run } = setUp(error);
      await run(context);
      expect(told.rows).toMatchObject([{ cluster: 'cluster-x', runId: 'run-1', outcome: 'unknown' }]);
      expect(told.rows[0]?.detail).toContain(detail);
      expect(told.shown).toEqual(['fleet-1']);
    },
  );

  it.each([
    ['will be tried again', {}],
    ['was handed to another worker', { signal: AbortSignal.abort(new HandedOver()) }],
  ])('that %s says nothing yet', async (_what, context) => {
    const { told, run } = setUp(unreachable);
    await expect(run(context)).rejects.toBe(unreachable);
    expect(told).toEqual({ rows: [], shown: [] });
  });
});
