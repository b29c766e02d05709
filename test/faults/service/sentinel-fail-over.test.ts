import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type SentinelGroup, startSentinelGroup } from '../../../sandbox/redis/start-sentinel-group.js';
import { createLedger } from '../../../src/ops/audit/ledger.js';
import { verifyAudit } from '../../../src/ops/audit/verify-audit.js';
import { connectRedis } from '../../../src/ops/connect-redis.js';
import { openIntake } from '../../support/alert-sender.js';
import { patience } from '../../support/patience.js';
import { type Sandbox, startSandbox } from '../../support/start-sandbox.js';
import { waitFor } from '../../support/wait-for.js';

let group: SentinelGroup;
let sandbox: Sandbox;
let intake: Awaited<ReturnType<typeof openIntake>>;
beforeAll(async () => {
  group = await startSentinelGroup({ until: waitFor });
  sandbox = await startSandbox({
    redisUrl: group.url,
    replicas: 2,
    podStartMs: 60,
    file: { alerts: { channel: 'C0OPS' } },
    // As by default, longer than a fail-over takes: who waits for Redis meanwhile is no dead worker.
    tuning: { workers: { lockMs: patience(5000), stalledMs: patience(1000) } },
  });
  intake = await openIntake(sandbox);
}, patience(60_000));
afterAll(async () => {
  await intake.close();
  await sandbox.close();
  await group.close();
});

const writes = () =>
  (sandbox.world.clusters.get('cluster-x')?.writes ?? [])
    .filter(({ dryRun }) => !dryRun)
    .map(({ verb, path }) => `${verb} ${path}`);
const posted = (text: RegExp) =>
  sandbox.slack.calls.filter(
    ({ method, args }) => method === 'chat.postMessage' && text.test(String(args.text)),
  );

/** As Alertmanager does: again until it is taken. */
const sendUntilTaken = (name: string) =>
  waitFor(`${name} is taken`, async () => {
    const { status } = await intake.send([{ name, labels: { cluster: 'cluster-x' } }], name);
    expect([200, 503]).toContain(status);
    return status === 200;
  });

describe('two bots and two workers whose Redis master dies', () => {
  it(
    'finish the fix under way once, answer what was asked meanwhile once, and take every alert, with a whole audit log',
    async () => {
      await sandbox.ana.command({ channel: 'C0OPS', text: '/acknet check cluster-x' });
      const card = await sandbox.message(/^Fix for cluster-x: Add cniVersion.*Waiting/);
      await sandbox.bo.click({ channel: 'C0OPS', ts: card.ts, actionId: 'proposal_approve' });
      await sandbox.slack.waitFor(() => writes().length >= 2, patience(15_000));

      const killed = group.killMaster();
      const text = '@acknet nodes went NotReady after we bumped the flannel image by hand';
      const { ts } = await sandbox.ana.say({ channel: 'C0OPS', text });
      const alerts = ['KubeProxyDown', 'CoreDNSDown', 'CoreDNSErrorsHigh'];
      await Promise.all([killed, ...alerts.map(sendUntilTaken)]);

      expect(
        (await sandbox.message(/^Fix for cluster-x: Add cniVersion.*(Fixed|Failed|Outcome open)/)).text,
      ).toContain('Fixed');
      await sandbox.message(/^Nodes NotReady/, { threadTs: ts });
      await sandbox.message(/^cluster-x: 3 alerts firing/);
      await waitFor('idle queues', async () => {
        const counts = Object.values((await sandbox.apps[0]?.queues.counts()) ?? {});
        return counts.length > 0 && counts.every(({ waiting, active }) => waiting + active === 0);
      });

      expect(new Set(writes()).size).toBe(writes().length);
      expect(writes().filter((write) => write.startsWith('patch'))).toHaveLength(1);
      expect(posted(/alerts? firing/)).toHaveLength(1);
      const answers = sandbox.slack
        .messages({ channel: 'C0OPS', threadTs: ts })
        .filter(({ bot_id }) => bot_id !== undefined);
      expect(answers).toHaveLength(1);
      const { prefix, log, config } = sandbox;
      const redis = connectRedis({ url: group.url, logger: log });
      const ledger = createLedger({ redis, prefix, logger: log, auditKey: config.auditKey });
      expect(await verifyAudit(ledger, [])).toMatchObject({ ok: true, faults: [] });
      redis.disconnect();
    },
    patience(90_000),
  );
});
