import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Cluster, Redis } from 'ioredis';
import { createClusterLock } from '../../src/approvals/create-cluster-lock.ts';
import { createMutes } from '../../src/approvals/create-mutes.ts';
import { createProposalStore } from '../../src/approvals/store/create-proposal-store.ts';
import { createQueues } from '../../src/jobs/queues/create-queues.ts';
import { createFleetFlow } from '../../src/jobs/fleet/create-fleet-flow.ts';
import { startWorkers } from '../../src/jobs/start-workers.ts';
import { takeCheckpoint } from '../../src/ops/audit/audit-checkpoints.ts';
import { createLedger } from '../../src/ops/audit/ledger.ts';
import { verifyAudit } from '../../src/ops/audit/verify-audit.ts';
import { createMetrics } from '../../src/ops/metrics.ts';
import { createTrail } from '../../src/ops/trail.ts';
import { checkRequest, quickLimits } from '../jobs/sample-jobs.ts';
import { quietLogger } from '../support/quiet-logger.ts';
import { sampleNow, sampleProposal } from '../support/sample-proposal.ts';
import { waitFor } from '../support/wait-for.ts';

/** A cluster of one node: it refuses a script whose keys are not in one slot as a cluster of many does. */
async function startClusterNode(): Promise<{ port: number; close(): Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'acknet-redis-cluster-'));
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  probe.close();
  // The cluster bus listens on port + 10000 unless told otherwise, which may be no port at all.
  const bus = address.port > 40_000 ? address.port - 10_000 : address.port + 10_000;
  const args = ['--port', String(address.port), '--cluster-port', String(bus), '--bind', '127.0.0.1'];
  const server = spawn(
    'redis-server',
    [
      ...args,
      '--dir',
      folder,
      '--save',
      '',
      '--cluster-enabled',
      'yes',
      '--cluster-announce-ip',
      '127.0.0.1',
    ],
    {
      stdio: 'ignore',
    },
  );
  const redis = new Redis(address.port, '127.0.0.1');
  redis.on('error', () => undefined);
  await redis.call('CLUSTER', 'ADDSLOTSRANGE', '0', '16383');
  await waitFor('the cluster is up', async () =>
    String(await redis.call('CLUSTER', 'INFO')).includes('cluster_state:ok'),
  );
  redis.disconnect();
  return {
    port: address.port,
    close: async () => {
      server.kill('SIGTERM');
      await once(server, 'exit');
      await rm(folder, { recursive: true });
    },
  };
}

let node: Awaited<ReturnType<typeof startClusterNode>>;
let redis: Cluster;
const prefix = '{acknet}';
const logger = quietLogger();

beforeAll(async () => {
  node = await startClusterNode();
  redis = new Cluster([{ host: '127.0.0.1', port: node.port }]);
});
afterAll(async () => {
  redis.disconnect();
  await node.close();
});

describe('on a Redis Cluster', () => {
  it('proposals, votes, mutes, locks and the audit chain work', async () => {
    const ledger = createLedger({ redis, prefix, logger });
    const store = createProposalStore({ redis, prefix, ledger, now: () => sampleNow });
    const original = sampleProposal();
    await store.create(original);
    await store.vote(
      original.id,
      { user: 'U0BOSS', team: 'T', decision: 'approve', at: original.createdAt },
      { quorum: 1 },
    );
    await store.move(original.id, { to: 'applying', by: 'system' });
    await store.move(original.id, { to: 'failed', by: 'system' });
    await store.create(sampleProposal({ undoes: original.id }));
    expect(await store.history('cluster-x', 10)).toHaveLength(2);
    const by = { user: 'U0BOSS', team: 'T' };
    await createMutes({ prefix, ledger, now: () => sampleNow }).add({
      cluster: 'c',
      finding: 'a.b',
      reason: 'r',
      by,
    });
    const held = await createClusterLock({ redis, prefix, leaseMs: 5000 }).acquire('cluster-x', 'h');
    await held?.release();
    await takeCheckpoint({ ledger, redis, prefix, now: () => sampleNow, logger });
    expect(await verifyAudit(ledger, [])).toMatchObject({ ok: true, records: 6 });
  });

  it('queues and workers work', async () => {
    const queues = createQueues({ connection: redis, prefix, now: () => new Date(), newId: () => 'run-1' });
    const done: string[] = [];
    const workers = await startWorkers({
      connection: redis,
      prefix,
      logger,
      metrics: createMetrics(),
      trail: createTrail(),
      limits: quickLimits,
      handlers: {
        check: async ({ runId }) => void done.push(runId),
        fix: async () => undefined,
        question: async () => undefined,
        card: async (task) => void done.push(task.task),
        fleetCheck: async ({ cluster }) => void done.push(cluster),
        fleet: async (task) => void done.push(task.task),
        alert: async (task) => void done.push(task.task),
        home: async () => void done.push('home'),
        schedule: async () => undefined,
      },
    });
    await queues.check(checkRequest);
    await queues.card({ proposalId: 'p1' });
    await queues.home();
    let ids = 1;
    const newId = () => `id-${ids++}`;
    const now = () => new Date();
    const fleets = createFleetFlow({ connection: redis, prefix, now, newId, showEveryMs: 10 });
    const { requestedBy, channel } = checkRequest;
    await fleets.start({ requestedBy, channel, checks: ['a-check'], clusters: ['one', 'two'], leftOut: [] });
    await waitFor('all are done, the first sweep too', () => new Set(done).size === 7);
    expect(new Set(done)).toEqual(new Set(['run-1', 'show', 'sweep', 'one', 'two', 'tell', 'home']));
    await workers.close(1000);
    await fleets.close();
    await queues.close();
  });
});
