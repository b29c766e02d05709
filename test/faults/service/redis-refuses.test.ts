import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { createLedger } from '../../../src/ops/audit/ledger.js';
import { verifyAudit } from '../../../src/ops/audit/verify-audit.js';
import { openIntake } from '../../support/alert-sender.js';
import { patience } from '../../support/patience.js';
import { type Sandbox, startSandbox } from '../../support/start-sandbox.js';
import { waitFor } from '../../support/wait-for.js';

let sandbox: Sandbox;
let intake: Awaited<ReturnType<typeof openIntake>>;
let redis: Redis;
beforeEach(async () => {
  sandbox = await startSandbox({
    ownRedis: true,
    podStartMs: 60,
    file: { alerts: { channel: 'C0OPS' }, fixes: { lockSeconds: 1.5 } },
  });
  intake = await openIntake(sandbox);
  redis = new Redis(sandbox.world.redisUrl);
});
afterEach(async () => {
  redis.disconnect();
  await intake.close();
  await sandbox.close();
});

const writes = () =>
  (sandbox.world.clusters.get('cluster-x')?.writes ?? [])
    .filter(({ dryRun }) => !dryRun)
    .map(({ verb, path }) => `${verb} ${path}`);
const posted = (text: RegExp) =>
  sandbox.slack.calls.filter(
    ({ method, args }) => method === 'chat.postMessage' && text.test(String(args.text)),
  );
/** How often Redis refused since it was started. */
const refusals = async (error: string): Promise<number> =>
  Number(new RegExp(`errorstat_${error}:count=(\\d+)`).exec(await redis.info('errorstats'))?.[1] ?? 0);

// A disk that is full refuses writes as these do (MISCONF), and cannot be had without rights over a file system.
describe.each([
  { what: 'is full', key: 'maxmemory', refuses: '1', takes: '0', error: 'OOM' },
  {
    what: 'has lost the replica it must have',
    key: 'min-replicas-to-write',
    refuses: '1',
    takes: '0',
    error: 'NOREPLICAS',
  },
])('a Redis that $what, and takes no writes', ({ key, refuses, takes, error }) => {
  it(
    'has the sender of alerts and who asks told so, loses nothing of a fix under way, and all goes on once it is mended',
    async () => {
      await sandbox.ana.command({ channel: 'C0OPS', text: '/acknet check cluster-x' });
      const card = await sandbox.message(/^Fix for cluster-x: Add cniVersion.*Waiting/);
      await sandbox.bo.click({ channel: 'C0OPS', ts: card.ts, actionId: 'proposal_approve' });
      await sandbox.slack.waitFor(() => writes().length >= 2, patience(15_000));

      await redis.config('SET', key, refuses);
      const before = await refusals(error);
      await waitFor('the worker meets it', async () => (await refusals(error)) > before + 3);
      const alert = { name: 'KubeProxyDown', labels: { cluster: 'cluster-x' } };
      expect((await intake.send([alert])).status).toBe(503);
      await sandbox.ana.command({ channel: 'C0RANDOM', text: '/acknet check cluster-x' });
      const told = await sandbox.message(/Redis could not/, { channel: 'C0RANDOM', as: 'U0ANA' });
      expect(told.text).toMatch(/then try again/);

      await redis.config('SET', key, takes);
      expect((await intake.send([alert])).status).toBe(200);
      const ended = await sandbox.message(/^Fix for cluster-x: Add cniVersion.*(Fixed|Failed|Outcome open)/);
      expect(ended.text).toContain('Fixed');
      await sandbox.message(/^cluster-x: 1 alert firing/);
      expect(new Set(writes()).size).toBe(writes().length);
      expect(writes().filter((write) => write.startsWith('patch'))).toHaveLength(1);
      expect(posted(/alert firing/)).toHaveLength(1);
      const { prefix, log, config } = sandbox;
      const ledger = createLedger({ redis, prefix, logger: log, auditKey: config.auditKey });
      expect(await verifyAudit(ledger, [])).toMatchObject({ ok: true, faults: [] });
    },
    patience(60_000),
  );
});
