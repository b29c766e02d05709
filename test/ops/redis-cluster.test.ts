import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Cluster, Redis } from 'ioredis';
import { freePort, startServer, stopServer } from '../../sandbox/redis/start-private-redis.ts';
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
import { patience } from '../support/patience.ts';
import { quietLogger } from '../support/quiet-logger.ts';
import { sampleNow, sampleProposal } from '../support/sample-proposal.ts';
import { runProgram } from '../support/run-program.ts';
import { waitFor } from '../support/wait-for.ts';

/** A node of a cluster, which keeps the slots given: it refuses a script whose keys are not in one slot. */
async function startClusterNode(slots: readonly [number, number]): Promise<ClusterNode> {
  const folder = await mkdtemp(path.join(tmpdir(), 'acknet-redis-cluster-'));
  const port = await freePort();
  // The cluster bus listens on port + 10000 unless told otherwise, which may be no port at all.
  const bus = port > 40_000 ? port - 10_000 : port + 10_000;
  const server = await startServer('redis-server', {
    detached: false,
    args: [
      ...['--port', String(port), '--cluster-port', String(bus), '--bind', '127.0.0.1', '--dir', folder],
      ...['--save', '', '--cluster-enabled', 'yes', '--cluster-announce-ip', '127.0.0.1'],
    ],
  });
  const redis = new Redis(port, '127.0.0.1');
  await redis.call('CLUSTER', 'ADDSLOTSRANGE', ...slots);
  return {
    ...{ port, bus, redis },
    close: async () => {
      redis.disconnect();
      await stopServer(server);
      await rm(folder, { recursive: true });
    },
  };
}

interface ClusterNode {
  readonly port: number;
  readonly bus: number;
  readonly redis: Redis;
  close(): Promise<void>;
}

const isUp = ({ redis }: ClusterNode) =>
  waitFor('the cluster is up', async () =>
    String(await redis.call('CLUSTER', 'INFO')).includes('cluster_state:ok'),
  );

let node: ClusterNode;
let redis: Cluster;
const prefix = '{acknet}';
const logger = quietLogger();

beforeAll(async () => {
  node = await startClusterNode([0, 16_383]);
  await isUp(node);
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
    const queues = createQueues({
      connection: redis,
      prefix,
      now: () => new Date(),
      newId: () => 'run-1',
      showEveryMs: 20,
    });
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

describe('on a node of a Redis Cluster whose other node keeps acknet’s keys', () => {
  let named: ClusterNode;
  let keeper: ClusterNode;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'acknet-sharded-'));
    await writeFile(path.join(folder, 'acknet.yaml'), 'clusters: {}\nhttp: {host: 127.0.0.1, port: 0}\n');
    const slot = Number(await redis.cluster('KEYSLOT', prefix));
    // The slot of acknet's keys is the first of those that the other node keeps.
    named = await startClusterNode([0, slot - 1]);
    keeper = await startClusterNode([slot, 16_383]);
    await named.redis.call('CLUSTER', 'MEET', '127.0.0.1', keeper.port, keeper.bus);
    for (const one of [named, keeper]) await isUp(one);
  }, patience(30_000));
  afterAll(async () => {
    for (const one of [named, keeper]) await one.close();
    await rm(folder, { recursive: true });
  });

  it.each([[['bot']], [['audit', 'verify']]])('acknet %s ends, and says why', async (args) => {
    const { code, said } = await runProgram(args, {
      ACKNET_CONFIG: path.join(folder, 'acknet.yaml'),
      ACKNET_REDIS_URL: `redis://127.0.0.1:${named.port}`,
      // No Slack answers there: the bot would go on trying.
      SLACK_API_URL: 'http://127.0.0.1:1/api/',
      SLACK_BOT_TOKEN: 'xoxb-1-x',
      SLACK_APP_TOKEN: 'xapp-1-x',
    });
    expect(code).not.toBe(0);
    expect(said).toMatch(/one node of a Redis Cluster/);
    expect(said).toMatch(/Name in ACKNET_REDIS_URL/);
  });
});
