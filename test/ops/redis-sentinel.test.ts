import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type SentinelGroup, startSentinelGroup } from '../../sandbox/redis/start-sentinel-group.js';
import { createProposalStore } from '../../src/approvals/store/create-proposal-store.js';
import { createLedger } from '../../src/ops/audit/ledger.js';
import { verifyAudit } from '../../src/ops/audit/verify-audit.js';
import { connectRedis } from '../../src/ops/connect-redis.js';
import { checkRequest, openQueues, openWorkers } from '../jobs/sample-jobs.js';
import { patience } from '../support/patience.js';
import { quietLogger } from '../support/quiet-logger.js';
import { sampleNow, sampleProposal } from '../support/sample-proposal.js';
import { waitFor } from '../support/wait-for.js';

let group: SentinelGroup;
beforeAll(async () => {
  group = await startSentinelGroup({ until: waitFor });
}, patience(60_000));
afterAll(() => group.close());

const open = () => connectRedis({ url: group.url, logger: quietLogger() });
const vote = { user: 'U0BOSS', team: 'T', decision: 'approve', at: sampleNow.toISOString() } as const;

function openStore(redis: ReturnType<typeof open>) {
  const prefix = `{${randomUUID()}}`;
  const ledger = createLedger({ redis, prefix, logger: quietLogger() });
  return { ledger, store: createProposalStore({ redis, prefix, ledger, now: () => sampleNow }) };
}

describe('Redis behind Sentinels', () => {
  it(
    'may change places: a check that runs ends, what was asked for meanwhile is done, and writes go to the new master',
    async () => {
      const connection = open();
      const prefix = `{${randomUUID()}}`;
      const queues = openQueues(connection, prefix);
      const done: string[] = [];
      let end = () => {};
      let begun = false;
      const workers = await openWorkers(connection, prefix, {
        check: async ({ cluster }) => {
          if (cluster === 'cluster-x' && !begun) {
            begun = true;
            await new Promise<void>((resolve) => {
              end = resolve;
            });
          }
          done.push(cluster);
        },
      });
      await queues.check(checkRequest);
      await waitFor('the check runs', () => begun);
      await group.swap();
      const asked = await queues.check({ ...checkRequest, cluster: 'cluster-y' });
      expect(asked.joined).toBe(false);
      end();
      await waitFor('both are done', () => done.includes('cluster-x') && done.includes('cluster-y'));
      await waitFor('nothing is left', async () => (await queues.running()).length === 0);
      expect(await connection.call('ROLE')).toEqual(expect.arrayContaining(['master']));
      await workers.close(1000);
      await queues.close();
      connection.disconnect();
    },
    patience(60_000),
  );

  it(
    'may fail over: what was decided before and meanwhile stands once, each with its audit record',
    async () => {
      const redis = open();
      const { ledger, store } = openStore(redis);
      const proposals = Array.from({ length: 20 }, () => sampleProposal());
      for (const proposal of proposals) await store.create(proposal);
      // What the dead master had not passed on would be lost, as Sentinel promises no more.
      await redis.wait(1, 0);
      const killed = group.killMaster();
      const votes = proposals.map(({ id }) => store.vote(id, vote, { quorum: 1 }));
      const results = await Promise.allSettled([killed, ...votes]);
      expect(results.map(({ status }) => status)).toEqual(results.map(() => 'fulfilled'));
      const stored = await Promise.all(proposals.map(({ id }) => store.get(id)));
      expect(stored.map((proposal) => [proposal?.state, proposal?.votes.length])).toEqual(
        proposals.map(() => ['approved', 1]),
      );
      expect(await verifyAudit(ledger, [])).toMatchObject({ ok: true, records: 40 });
      redis.disconnect();
    },
    patience(60_000),
  );
});
