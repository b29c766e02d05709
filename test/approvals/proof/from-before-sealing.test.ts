import { describe, expect, it } from '@jest/globals';
import { createMutes } from '../../../src/approvals/create-mutes.ts';
import { createDistrust } from '../../../src/approvals/proof/create-distrust.ts';
import { createProposalStore } from '../../../src/approvals/store/create-proposal-store.ts';
import { createAuditLog } from '../../../src/ops/audit/audit-log.ts';
import { createLedger } from '../../../src/ops/audit/ledger.ts';
import { createCardPresenter } from '../../../src/slack/fixes/create-card-presenter.ts';
import type { SlackMessage } from '../../../src/slack/kit/message.ts';
import { quietLogger } from '../../support/quiet-logger.ts';
import { redisForTest } from '../../support/redis-for-test.ts';

const { connect, newPrefix } = redisForTest();
const redis = connect();
const now = () => new Date('2026-03-01T12:05:00.000Z');
const id = '4rJ0zq0GxV1w2nS7tY9KdA';
const card = { channel: 'C0OPS', ts: '1772366400.000100' };

/** As acknet kept it before it sealed documents (commit c2e6596), field by field. */
const oldProposal = (state: string) => ({
  ...{ id, cluster: 'cluster-x', remediation: 'add-flannel-cni-version', intent: 'flannel-cni-version' },
  title: 'Add cniVersion to the Flannel config and restart Flannel',
  params: {},
  finding: {
    id: 'flannel-cni-version.missing',
    message: 'ConfigMap kube-flannel-cfg has no cniVersion.',
    about: { kind: 'ConfigMap', namespace: 'kube-system', name: 'kube-flannel-cfg' },
  },
  changes: [
    {
      verb: 'roll-pods',
      about: { kind: 'DaemonSet', namespace: 'kube-system', name: 'kube-flannel-ds' },
      selector: 'app=flannel',
    },
  ],
  ...{ digest: 'd1', diffs: [], rollouts: [], risk: 'medium', undo: 'restore', after: 'clear' },
  ...{ warnings: [], dryRun: { ok: true }, state, requestedBy: { user: 'U0ASKER', team: 'T0HOME' } },
  votes: [{ user: 'U0BOSS', team: 'T0HOME', decision: 'approve', at: '2026-03-01T12:01:00.000Z' }],
  ...{ quorum: 1, requireReason: false, createdAt: '2026-03-01T12:00:00.000Z' },
  ...{ expiresAt: '2026-03-01T12:30:00.000Z', run: 'run-1', card, approvedAt: '2026-03-01T12:01:00.000Z' },
  steps: [{ id: 'write-1', title: 'Write ConfigMap kube-system/kube-flannel-cfg', state: 'done' }],
});
const oldMutes = [
  {
    ...{ cluster: 'cluster-x', finding: 'flannel-cni-version.missing', reason: 'known' },
    ...{ by: { user: 'U0BOSS', team: 'T0HOME' }, at: '2026-03-01T11:00:00.000Z' },
    until: '2026-03-31T11:00:00.000Z',
  },
];

/** Each call is a process that starts on the same Redis after the update. */
function start(prefix: string) {
  const ledger = createLedger({ redis, prefix, auditKey: 'a key for tests only', logger: quietLogger() });
  const audit = createAuditLog(ledger);
  const reported: string[] = [];
  const distrust = createDistrust({
    ...{ redis, prefix, audit, now, onReported: (change) => void reported.push(change) },
    onMutesReported: (cluster) => void reported.push(`mutes of ${cluster}`),
  });
  const store = createProposalStore({
    ...{ redis, prefix, ledger, now },
    onUnverified: (change, doubt, at) => distrust.report(change, { doubt, card: at }),
  });
  const mutes = createMutes({ prefix, ledger, now, onUnverified: distrust.reportMutes });
  const unverified = async () => (await audit.read({})).filter(({ action }) => action === 'unverified');
  return { distrust, store, mutes, reported, unverified };
}

async function keptBefore(state: string): Promise<string> {
  const prefix = newPrefix();
  const rev = 'a'.repeat(64);
  await redis.hset(`${prefix}:proposal:${id}`, { rev, value: JSON.stringify(oldProposal(state)) });
  for (const list of ['open', 'all'])
    await redis.zadd(`${prefix}:proposals:${list}`, Date.parse('2026-03-01T12:00:00.000Z'), id);
  await redis.hset(`${prefix}:mutes:cluster-x`, { rev, value: JSON.stringify(oldMutes) });
  return prefix;
}

describe('a change kept before acknet sealed what it keeps', () => {
  it.each(['proposed', 'approved', 'applying'])(
    'is ended where it was %s: audited once, by whichever process sees it, and nothing is done with it',
    async (state) => {
      const prefix = await keptBefore(state);
      const [one, other] = [start(prefix), start(prefix)];
      for (const { store } of [one, other, one]) expect(await store.open()).toEqual([]);
      expect(await one.unverified()).toMatchObject([{ proposal: id, detail: 'unsealed' }]);
      expect([...one.reported, ...other.reported]).toEqual([id]);
      await expect(one.store.move(id, { to: 'applying', by: 'system' })).rejects.toMatchObject({
        code: 'proposal.unverified',
      });
    },
  );

  it('is said on its card to be from before, without buttons, and with what to do', async () => {
    const { store, distrust } = start(await keptBefore('proposed'));
    await store.open();
    const shown: { at: unknown; message: SlackMessage }[] = [];
    const poster = { update: async (at: unknown, message: SlackMessage) => shown.push({ at, message }) > 0 };
    const presenter = createCardPresenter({ poster } as unknown as Parameters<typeof createCardPresenter>[0]);
    const distrusted = await distrust.of(id);
    if (distrusted === undefined) throw new TypeError('it is not marked');
    await presenter.refuse(id, distrusted);
    expect(shown).toMatchObject([{ at: card }]);
    const text = JSON.stringify(shown[0]?.message);
    expect(text).toContain('from before acknet sealed what it keeps');
    expect(text).toContain('run the check again for a fresh card');
    expect(text).not.toContain('"actions"');
  });
});

describe('mutes kept before acknet sealed what it keeps', () => {
  it('hide nothing, which is audited once, and give way to the next mute', async () => {
    const prefix = await keptBefore('proposed');
    const [one, other] = [start(prefix), start(prefix)];
    for (const { mutes } of [one, other, one]) expect(await mutes.active('cluster-x')).toEqual([]);
    expect(await one.unverified()).toMatchObject([{ cluster: 'cluster-x', detail: 'the mutes: unsealed' }]);
    expect([...one.reported, ...other.reported]).toEqual(['mutes of cluster-x']);
    const by = { user: 'U0BOSS', team: 'T0HOME' };
    await one.mutes.add({ cluster: 'cluster-x', finding: 'flannel-version.old', reason: 'still known', by });
    expect(await other.mutes.active('cluster-x')).toMatchObject([{ finding: 'flannel-version.old' }]);
  });
});
