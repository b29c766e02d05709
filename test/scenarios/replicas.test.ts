import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Message } from '../../sandbox/page/sandbox-state.js';
import type { AcknetApp } from '../../src/app.js';
import { createAuditLog } from '../../src/ops/audit/audit-log.js';
import { createLedger } from '../../src/ops/audit/ledger.js';
import { verifyAudit } from '../../src/ops/audit/verify-audit.js';
import { actionsOf } from '../support/read-message.js';
import { redisForTest } from '../support/redis-for-test.js';
import { type Sandbox, type SandboxOptions, startSandbox, transport } from '../support/start-sandbox.js';
import { waitFor } from '../support/wait-for.js';

const redis = redisForTest();
let sandbox: Sandbox;
let workers: AcknetApp[];

/** Two bots and three workers on one Redis, before one workspace. */
async function open(options: SandboxOptions = {}): Promise<void> {
  sandbox = await startSandbox({
    replicas: 2,
    podStartMs: 60,
    clusterFile: { policy: { selfApproval: true } },
    ...options,
  });
  sandbox.slack.setGroupMembers('S0NETOPS', ['U0BO', 'U0ANA']);
  const third = sandbox.build();
  await third.worker.start();
  workers = [...sandbox.apps, third];
}

const cluster = () => {
  const simulator = sandbox.world.clusters.get('cluster-x');
  if (simulator === undefined) throw new TypeError('no cluster-x');
  return simulator;
};
const writes = () =>
  cluster()
    .writes.filter(({ dryRun }) => !dryRun)
    .map(({ verb, path }) => `${verb} ${path}`);
const ledger = () =>
  createLedger({
    redis: redis.connect(),
    prefix: sandbox.prefix,
    logger: sandbox.log,
    auditKey: sandbox.config.auditKey,
  });
const audited = async (action: string) =>
  (await createAuditLog(ledger()).read({})).filter(
    ({ action: found, to }) => found === action || to === action,
  );

/** Whatever twin deliveries and late jobs lead to has happened by then. */
const idle = () =>
  waitFor('idle queues', async () => {
    const counts = Object.values((await sandbox.apps[0]?.queues.counts()) ?? {});
    return counts.every(({ waiting, active }) => waiting + active === 0);
  });
const ofAcknet = (threadTs: string) =>
  sandbox.slack.messages({ channel: 'C0OPS', threadTs }).filter(({ bot_id }) => bot_id !== undefined);
const ephemeral = (as: string) =>
  sandbox.slack.messages({ channel: 'C0OPS', as }).filter(({ is_ephemeral }) => is_ephemeral);
const editsOf = (card: Message) =>
  sandbox.slack.calls.filter(({ method, args }) => method === 'chat.update' && args.ts === card.ts);
const postsOf = (text: RegExp) =>
  sandbox.slack.calls.filter(
    ({ method, args }) => method === 'chat.postMessage' && text.test(String(args.text)),
  );

const ended = /Fixed|not yet shown to work|Expired/;

/** From the decision on no edit brings a decided button back, and no older state overwrites a newer one. */
function expectConsistent(card: Message): void {
  const shown = editsOf(card).map(({ args }) => args as unknown as Message);
  const decided = shown.findIndex(({ text }) => !text.includes('Waiting'));
  for (const edit of shown.slice(decided)) {
    expect(edit.text).not.toContain('Waiting');
    expect(actionsOf(edit)).not.toContain('proposal_approve');
  }
  const done = shown.findIndex(({ text }) => ended.test(text));
  expect([decided, done]).not.toContain(-1);
  for (const edit of shown.slice(done)) expect(edit.text).toMatch(ended);
}

describe('two bots and three workers', () => {
  beforeAll(() => open({ file: { fixes: { verifySeconds: 3 } } }));
  afterAll(() => sandbox.close());

  it('are all there', () => {
    expect(sandbox.slack.sockets()).toBe(transport === 'http' ? 0 : 2);
    expect(workers).toHaveLength(3);
  });

  it('answer each question once, though every event comes twice, once to each bot', async () => {
    const asked: string[] = [];
    for (const name of ['one', 'two', 'three', 'four']) {
      sandbox.slack.faults.duplicateNextEvent();
      const text = `@acknet nodes went NotReady after we bumped the flannel image by hand, cluster ${name}`;
      asked.push((await sandbox.ana.say({ channel: 'C0OPS', text })).ts);
    }
    for (const threadTs of asked) await sandbox.message(/^Nodes NotReady/, { threadTs });
    await idle();
    for (const threadTs of asked) expect(ofAcknet(threadTs)).toHaveLength(1);
  });

  it('do once what is said to them, in a channel and in a thread, though every event comes twice', async () => {
    const helped = () => ephemeral('U0EVE').filter(({ text }) => /^acknet/.test(text)).length;
    const root = await sandbox.eve.say({ channel: 'C0OPS', text: 'is anybody here?' });
    for (const [at, threadTs] of [undefined, root.ts].entries()) {
      sandbox.slack.faults.duplicateNextEvent();
      await sandbox.eve.say({ channel: 'C0OPS', text: '@acknet help', threadTs });
      await waitFor('help', () => helped() > at);
      // Whatever the twin leads to is over by the time that a later question is answered.
      const later = await sandbox.eve.say({ channel: 'C0OPS', text: `@acknet conntrack table full ${at}` });
      await sandbox.message(/conntrack/, { threadTs: later.ts });
      expect(helped()).toBe(at + 1);
    }
  });

  it('run a check once when three people ask for it at the same moment', async () => {
    const people = [sandbox.ana, sandbox.bo, sandbox.eve];
    const command = { channel: 'C0OPS', text: '/acknet check cluster-x' };
    await Promise.all(people.map((person) => person.command(command)));
    const result = await sandbox.message(/^cluster-x: \d+ causes?/);
    await sandbox.message(/Below: the evidence/, { threadTs: result.ts });
    await idle();
    expect(postsOf(/^Checking cluster-x/)).toHaveLength(1);
    expect(postsOf(/^Fix for cluster-x: Add cniVersion/)).toHaveLength(1);
    const told = people.filter(({ id }) => ephemeral(id).some(({ text }) => /under way/.test(text)));
    expect(told).toHaveLength(2);
  });

  it('apply a change once when two people approve it at once, each twice, through both bots', async () => {
    const card = await sandbox.message(/^Fix for cluster-x: Add cniVersion.*Waiting/);
    const before = ephemeral('U0BO').length + ephemeral('U0ANA').length;
    const click = { channel: 'C0OPS', ts: card.ts, actionId: 'proposal_approve' };
    const clickers = [sandbox.bo, sandbox.ana, sandbox.bo, sandbox.ana];
    const clicks = await Promise.all(clickers.map((person) => person.click(click)));
    expect(clicks).toEqual(clicks.map(() => ({ ok: true })));
    await sandbox.message(/^Fix for cluster-x: Add cniVersion.*Fixed/);
    await idle();

    expect(await audited('approved')).toHaveLength(1);
    expect(await audited('applying')).toHaveLength(1);
    expect(writes().filter((write) => write.startsWith('patch'))).toHaveLength(1);
    expect(writes().filter((write) => write.startsWith('delete'))).toHaveLength(5);
    expect(new Set(writes()).size).toBe(6);
    // Who came too late is told so, and only they.
    expect(ephemeral('U0BO').length + ephemeral('U0ANA').length - before).toBe(3);
    expectConsistent(card);
  });

  it('finish a fix once while every worker is replaced, one after the other', async () => {
    await sandbox.bo.command({
      channel: 'C0OPS',
      text: '/acknet fix set-kube-proxy-conntrack cluster-x maxPerCore=131072',
    });
    const card = await sandbox.message(/^Fix for cluster-x: Raise.*Waiting/);
    const before = writes().length;
    await sandbox.ana.click({ channel: 'C0OPS', ts: card.ts, actionId: 'proposal_approve' });
    await sandbox.slack.waitFor(() => writes().length >= before + 2);
    for (const old of workers) {
      await sandbox.build().worker.start();
      await old.worker.stop(0);
    }
    await sandbox.message(/^Fix for cluster-x: Raise.*not yet shown to work/);
    await idle();

    const own = writes().slice(before);
    expect(own.filter((write) => write.startsWith('patch'))).toHaveLength(1);
    expect(own.filter((write) => write.startsWith('delete'))).toHaveLength(5);
    expect(new Set(own).size).toBe(6);
    expectConsistent(card);
  });

  it('keep one audit chain between them, without a gap', async () => {
    expect(await verifyAudit(ledger(), [])).toMatchObject({ ok: true, faults: [] });
  });
});

describe('a card that nobody decides', () => {
  beforeAll(() => open({ file: { proposals: { expireAfterSeconds: 2 } } }));
  afterAll(() => sandbox.close());

  it('expires once and is edited once, whoever looks after it', async () => {
    await sandbox.ana.command({ channel: 'C0OPS', text: '/acknet check cluster-x' });
    const card = await sandbox.message(/^Fix for cluster-x: Add cniVersion.*Waiting/);
    const expired = await sandbox.message(/^Fix for cluster-x: Add cniVersion.*Expired/);
    expect(expired.ts).toBe(card.ts);
    expect(actionsOf(expired)).not.toContain('proposal_approve');
    await idle();
    const edits = editsOf(card).filter(({ args }) => String(args.text).includes('Expired'));
    expect(edits).toHaveLength(1);
    const ends = await audited('expired');
    expect(ends).toHaveLength(new Set(ends.map(({ proposal }) => proposal)).size);
    expectConsistent(card);
    expect(writes()).toEqual([]);
  });
});
