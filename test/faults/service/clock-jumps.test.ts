import { afterEach, describe, expect, it } from '@jest/globals';
import { Queue } from 'bullmq';
import { createLedger } from '../../../src/ops/audit/ledger.js';
import { verifyAudit } from '../../../src/ops/audit/verify-audit.js';
import { openIntake } from '../../support/alert-sender.js';
import { actionsOf } from '../../support/read-message.js';
import { redisForTest } from '../../support/redis-for-test.js';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../support/start-sandbox.js';
import { waitFor } from '../../support/wait-for.js';

const redis = redisForTest();
const HOURS = 3_600_000;
let sandbox: Sandbox;
let jumpedMs = 0;
const closers: (() => Promise<unknown>)[] = [];

async function open(options: SandboxOptions = {}): Promise<void> {
  jumpedMs = 0;
  sandbox = await startSandbox({ ...options, now: () => new Date(Date.now() + jumpedMs) });
}
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
  await sandbox.close();
});

const writes = () =>
  (sandbox.world.clusters.get('cluster-x')?.writes ?? [])
    .filter(({ dryRun }) => !dryRun)
    .map(({ verb, path }) => `${verb} ${path}`);

async function proposed() {
  await sandbox.ana.command({ channel: 'C0OPS', text: '/acknet check cluster-x' });
  return sandbox.message(/^Fix for cluster-x: Add cniVersion.*Waiting/);
}

async function expectWholeLog(): Promise<void> {
  const { prefix, log, config } = sandbox;
  const ledger = createLedger({ redis: redis.connect(), prefix, logger: log, auditKey: config.auditKey });
  expect(await verifyAudit(ledger, [])).toMatchObject({ ok: true, faults: [] });
}

describe('a clock that jumps', () => {
  it('forward over the end of a card ends it: it cannot be approved, and nothing is written', async () => {
    await open();
    const card = await proposed();
    jumpedMs = 2 * HOURS;
    await sandbox.bo.click({ channel: 'C0OPS', ts: card.ts, actionId: 'proposal_approve' });
    const ended = await sandbox.message(/^Fix for cluster-x: Add cniVersion.*Expired/);
    expect(actionsOf(ended)).not.toContain('proposal_approve');
    // Set back, it does not come to life again.
    jumpedMs = 0;
    await sandbox.bo.command({ channel: 'C0OPS', text: '/acknet pending' });
    expect((await sandbox.message(/^Fix for cluster-x: Add cniVersion/)).text).toContain('Expired');
    expect(writes()).toEqual([]);
    await expectWholeLog();
  });

  it.each([
    ['forward by two hours', 2 * HOURS],
    ['back by two hours', -2 * HOURS],
  ])('%s in the middle of a fix changes nothing of it', async (_title, jump) => {
    await open({ podStartMs: 60 });
    const card = await proposed();
    await sandbox.bo.click({ channel: 'C0OPS', ts: card.ts, actionId: 'proposal_approve' });
    await sandbox.slack.waitFor(() => writes().length >= 2);
    jumpedMs = jump;
    const ended = await sandbox.message(/^Fix for cluster-x: Add cniVersion.*(Fixed|Failed|Outcome open)/);
    expect(ended.text).toContain('Fixed');
    expect(new Set(writes()).size).toBe(writes().length);
    await expectWholeLog();
  });

  it('back does not silence a schedule until it is as late again', async () => {
    await open({ clusters: { 'cluster-x': 'flannel-healthy' } });
    const connection = redis.connect();
    const schedules = new Queue('schedules', { connection, prefix: sandbox.prefix });
    const fleets = new Queue('fleets', { connection, prefix: sandbox.prefix });
    closers.push(
      () => schedules.close(),
      () => fleets.close(),
    );
    await sandbox.ana.command({ channel: 'C0OPS', text: '/acknet schedule cluster-x every 6h --always' });
    await sandbox.message(/^cluster-x, first scheduled check: no problem found/);
    const told = async () => (await fleets.getCompleted()).filter(({ name }) => name === 'tell').length;
    await waitFor('it is told', async () => (await told()) === 1);
    jumpedMs = -2 * HOURS;
    const [due] = await waitFor('the next run waits', async () => {
      const waiting = await schedules.getDelayed();
      return waiting.length > 0 ? waiting : undefined;
    });
    await due?.promote();
    await waitFor('it ran', async () => (await told()) === 2);
    const results = sandbox.slack
      .messages({ channel: 'C0OPS' })
      .filter(({ text }) => /no problem found/.test(text));
    expect(results).toHaveLength(2);
  });

  it('back leaves alerts what they are: the message of an incident counts no time backwards', async () => {
    await open({ file: { alerts: { channel: 'C0OPS' } } });
    const intake = await openIntake(sandbox);
    closers.push(() => intake.close());
    const alert = { name: 'KubeProxyDown', labels: { cluster: 'cluster-x' } };
    await intake.send([alert]);
    await sandbox.message(/^cluster-x: 1 alert firing .*\d+ causes?/);
    jumpedMs = -2 * HOURS;
    await intake.send([{ ...alert, status: 'resolved' }]);
    const root = await sandbox.message(/^cluster-x: resolved after/);
    expect(root.text).not.toMatch(/-\d/);
    await sandbox.message(/^Resolved after/, { threadTs: root.ts });
  });
});
