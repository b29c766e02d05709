import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type PrivateRedis, startPrivateRedis } from '../../sandbox/redis/start-private-redis.ts';
import { createProposalStore } from '../../src/approvals/store/create-proposal-store.ts';
import { createLedger } from '../../src/ops/audit/ledger.ts';
import { verifyAudit } from '../../src/ops/audit/verify-audit.ts';
import { connectRedis } from '../../src/ops/connect-redis.ts';
import { quietLogger } from '../support/quiet-logger.ts';
import { sampleNow, sampleProposal } from '../support/sample-proposal.ts';
import { waitFor } from '../support/wait-for.ts';
import { checkRequest, openQueues, openWorkers } from './sample-jobs.ts';

const prefix = '{acknet}';
let server: PrivateRedis;

beforeAll(async () => {
  server = await startPrivateRedis({ appendOnly: true });
});
afterAll(() => server.close());

describe('when Redis is restarted', () => {
  it('a check that runs ends, and what was asked for meanwhile is done', async () => {
    const logger = quietLogger();
    const connection = connectRedis({ url: server.url, logger });
    const queues = openQueues(connection, prefix);
    const done: string[] = [];
    let begun = false;
    let end = () => {};
    const workers = await openWorkers(connection, prefix, {
      check: async ({ cluster }) => {
        begun = true;
        if (done.length === 0 && cluster === 'cluster-x')
          await new Promise<void>((resolve) => {
            end = resolve;
          });
        done.push(cluster);
      },
    });
    await queues.check(checkRequest);
    await waitFor('the check runs', () => begun);
    const restarted = server.restart();
    const asked = queues.check({ ...checkRequest, cluster: 'cluster-y' });
    await restarted;
    expect((await asked).joined).toBe(false);
    end();
    await waitFor('both are done', () => done.includes('cluster-x') && done.includes('cluster-y'));
    await waitFor('nothing is left', async () => (await queues.running()).length === 0);
    await workers.close(1000);
    await queues.close();
    connection.disconnect();
  });

  it('what was decided before and while it was away stands once, with its audit record', async () => {
    const logger = quietLogger();
    const redis = connectRedis({ url: server.url, logger });
    const own = `{${randomUUID()}}`;
    const ledger = createLedger({ redis, prefix: own, logger });
    const store = createProposalStore({ redis, prefix: own, ledger, now: () => sampleNow });
    const proposals = Array.from({ length: 20 }, () => sampleProposal());
    for (const proposal of proposals) await store.create(proposal);
    const vote = { user: 'U0BOSS', team: 'T', decision: 'approve', at: sampleNow.toISOString() } as const;
    const votes = proposals.map(({ id }) => store.vote(id, vote, { quorum: 1 }));
    const results = await Promise.allSettled([server.restart(), ...votes]);
    expect(results.map(({ status }) => status)).toEqual(results.map(() => 'fulfilled'));
    const stored = await Promise.all(proposals.map(({ id }) => store.get(id)));
    expect(stored.map((proposal) => [proposal?.state, proposal?.votes.length])).toEqual(
      proposals.map(() => ['approved', 1]),
    );
    expect(await verifyAudit(ledger, [])).toMatchObject({ ok: true, records: 40 });
    redis.disconnect();
  });
});
