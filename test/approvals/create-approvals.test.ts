import { describe, expect, it } from '@jest/globals';
import { createApprovals } from '../../src/approvals/create-approvals.ts';
import { createDistrust } from '../../src/approvals/proof/create-distrust.ts';
import { createProposalStore } from '../../src/approvals/store/create-proposal-store.ts';
import type { ClusterConfig } from '../../src/config/config.ts';
import { createAuditLog } from '../../src/ops/audit/audit-log.ts';
import { createLedger } from '../../src/ops/audit/ledger.ts';
import type { Proposal } from '../../src/proposals/proposal.ts';
import { quietLogger } from '../support/quiet-logger.ts';
import { redisForTest } from '../support/redis-for-test.ts';
import { sampleNow, sampleProposal, sampleStep } from '../support/sample-proposal.ts';
import { fakeDirectory, person, policyConfig } from './sample-authority.ts';

const { connect, newPrefix } = redisForTest();
const redis = connect();

function setUp(cluster: Partial<ClusterConfig> = {}) {
  const prefix = newPrefix();
  const clock = { now: sampleNow };
  const now = () => clock.now;
  const ledger = createLedger({ redis, prefix, auditKey: 'a key for tests only', logger: quietLogger() });
  const audit = createAuditLog(ledger);
  const store = createProposalStore({ redis, prefix, ledger, now });
  const directory = fakeDirectory();
  const config = policyConfig(cluster);
  const distrust = createDistrust({ redis, prefix, audit, now, onReported: () => undefined });
  const approvals = createApprovals({ store, distrust, audit, config, directory, now });
  const propose = async (fields: Partial<Proposal> = {}) => {
    const proposal = sampleProposal(fields);
    await store.create(proposal);
    return proposal.id;
  };
  const later = (seconds: number) => {
    clock.now = new Date(clock.now.getTime() + seconds * 1000);
  };
  return { approvals, store, audit, directory, propose, later };
}

const policy = (fields: Partial<ClusterConfig['policy']>) => ({
  policy: { quorum: {}, requireReason: {}, selfApproval: false, ...fields },
});
const boss = person('U0BOSS');
const net = person('U0NET');

describe('approving', () => {
  it('approves with the vote that completes the quorum', async () => {
    const { approvals, propose } = setUp(policy({ quorum: { medium: 2 } }));
    const id = await propose();
    expect(await approvals.approve(id, boss)).toMatchObject({ kind: 'voted', missing: 1 });
    expect(await approvals.approve(id, net)).toMatchObject({
      kind: 'approved',
      proposal: { state: 'approved' },
    });
  });

  it('counts two accounts of one person as one', async () => {
    const { approvals, propose } = setUp(policy({ quorum: { medium: 2 } }));
    const id = await propose();
    await approvals.approve(id, person('U0ANN'));
    expect(await approvals.approve(id, person('U0ANN2'))).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining('has your vote already'),
    });
  });

  it('needs the stricter of the policy on the card and the policy now', async () => {
    const { approvals, propose } = setUp();
    const id = await propose({ quorum: 2 });
    expect(await approvals.approve(id, boss)).toMatchObject({ kind: 'voted', missing: 1 });
  });

  it('asks for a reason where the policy wants one, and keeps it with the vote', async () => {
    const { approvals, propose } = setUp(policy({ requireReason: { medium: true } }));
    const id = await propose();
    expect(await approvals.approve(id, boss, '  ')).toMatchObject({ kind: 'needs-reason' });
    expect(await approvals.approve(id, boss, ' seen with Ann ')).toMatchObject({
      kind: 'approved',
      proposal: { votes: [{ reason: 'seen with Ann' }] },
    });
  });

  it('refuses a stranger, says who can, audits it, and leaves the card as it was', async () => {
    const { approvals, propose, store, audit } = setUp();
    const id = await propose();
    const before = await store.get(id);
    expect(await approvals.approve(id, person('U0STRANGER'))).toMatchObject({
      kind: 'refused',
      entitled: { groups: ['S0NET'] },
    });
    expect(await store.get(id)).toEqual(before);
    expect((await audit.read({})).at(-1)).toMatchObject({
      action: 'approve.refused',
      actor: person('U0STRANGER'),
      cluster: 'cluster-x',
      proposal: id,
      detail: 'Only approvers of cluster-x can do that.',
    });
  });

  it('says of an id nobody knows that the card is out of date, and audits the click', async () => {
    const { approvals, audit } = setUp();
    const hostile = `<!channel> ${'x'.repeat(500)}`;
    expect(await approvals.approve(hostile, boss)).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining('out of date'),
    });
    expect((await audit.read({})).at(-1)?.proposal).toHaveLength(40);
  });

  it('tells a late click what became of the change', async () => {
    const { approvals, propose } = setUp();
    const id = await propose();
    await approvals.approve(id, boss);
    expect(await approvals.approve(id, net)).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining('is approved'),
      proposal: { state: 'approved' },
    });
  });

  it('expires a card whose time is up in mid-click', async () => {
    const { approvals, propose, later, store } = setUp();
    const id = await propose();
    later(1800);
    expect(await approvals.approve(id, boss)).toMatchObject({
      kind: 'refused',
      proposal: { state: 'expired' },
    });
    expect((await store.get(id))?.votes).toEqual([]);
  });
});

describe('rejecting', () => {
  it('ends the card with the reason, also for whoever approved before', async () => {
    const { approvals, propose } = setUp(policy({ quorum: { medium: 2 } }));
    const id = await propose();
    await approvals.approve(id, boss);
    expect(await approvals.reject(id, boss, 'wrong cluster')).toMatchObject({
      kind: 'rejected',
      proposal: { state: 'rejected', detail: 'wrong cluster', votes: [{ decision: 'deny' }] },
    });
  });

  it('is refused to a stranger', async () => {
    const { approvals, propose } = setUp();
    expect(await approvals.reject(await propose(), person('U0STRANGER'))).toMatchObject({ kind: 'refused' });
  });
});

describe('aborting', () => {
  it('asks a change under way to stop', async () => {
    const { approvals, propose } = setUp();
    const id = await propose();
    expect(await approvals.abort(id, boss)).toMatchObject({ kind: 'refused' });
    await approvals.approve(id, boss);
    expect(await approvals.abort(id, net)).toMatchObject({
      kind: 'abort-requested',
      proposal: { abortRequestedBy: net },
    });
  });
});

describe('expiry', () => {
  it('comes at its time and not before, once', async () => {
    const { approvals, store, propose, later } = setUp();
    const id = await propose();
    const expire = async () => approvals.expire((await store.get(id)) ?? sampleProposal());
    later(1799);
    expect(await expire()).toBeUndefined();
    later(1);
    expect(await expire()).toMatchObject({ state: 'expired' });
    expect(await expire()).toBeUndefined();
  });

  it('also ends an approval that nobody began to carry out', async () => {
    const { approvals, store, propose, later } = setUp();
    const id = await propose();
    const expire = async () => approvals.expire((await store.get(id)) ?? sampleProposal());
    later(1000);
    await approvals.approve(id, boss);
    later(1799);
    expect(await expire()).toBeUndefined();
    later(1);
    expect(await expire()).toMatchObject({ state: 'expired' });
  });
});

describe('a newer check', () => {
  it('supersedes undecided cards of older runs of its cluster, where it looked again', async () => {
    const { approvals, propose, store } = setUp();
    const old = await propose({ run: 'run-1' });
    const unread = await propose({ run: 'run-1', remediation: 'unread' });
    const own = await propose({ run: 'run-2' });
    const elsewhere = await propose({ run: 'run-1', cluster: 'cluster-y' });
    const approved = await propose({ run: 'run-1' });
    await approvals.approve(approved, boss);
    const { run: _, ...byCommand } = sampleProposal();
    await store.create(byCommand);
    const ended = await approvals.supersede(
      'cluster-x',
      'run-2',
      ({ remediation }) => remediation !== 'unread',
    );
    expect(ended.map(({ id, state }) => [id, state])).toEqual([[old, 'superseded']]);
    const states = await Promise.all([unread, own, elsewhere, approved, byCommand.id].map(store.get));
    expect(states.map((proposal) => proposal?.state)).toEqual([
      'proposed',
      'proposed',
      'proposed',
      'approved',
      'proposed',
    ]);
  });
});

describe('just before the write', () => {
  async function approved(cluster: Partial<ClusterConfig> = {}, voters = [net]) {
    const set = setUp(cluster);
    const id = await set.propose();
    for (const voter of voters) await set.approvals.approve(id, voter);
    const proposal = await set.store.get(id);
    if (proposal?.state !== 'approved') throw new Error('not approved');
    return { ...set, proposal };
  }

  it('an approval by people who still may stands', async () => {
    const { approvals, proposal } = await approved();
    expect(await approvals.mayStillApply(proposal)).toBe(true);
  });

  it('the vote of who left the list is lost', async () => {
    const { approvals, proposal, directory } = await approved();
    directory.groups.set('S0NET', []);
    expect(await approvals.mayStillApply(proposal)).toContain('0 of 1');
  });

  it('what is left of a quorum does not do', async () => {
    const { approvals, proposal, directory } = await approved(policy({ quorum: { medium: 2 } }), [net, boss]);
    expect(await approvals.mayStillApply(proposal)).toBe(true);
    directory.groups.set('S0NET', []);
    expect(await approvals.mayStillApply(proposal)).toContain('1 of 2');
  });

  it('an unreadable group decides nothing: nothing is written, and a later try may', async () => {
    const { approvals, proposal, directory } = await approved();
    directory.down = true;
    await expect(approvals.mayStillApply(proposal)).rejects.toMatchObject({
      code: 'slack.failed',
      retry: true,
    });
  });

  it('two accounts count as one person from when `people` says so, votes already cast too', async () => {
    const { approvals, proposal } = await approved(policy({ quorum: { medium: 2 } }), [net, boss]);
    const cast = ['U0ANN', 'U0ANN2'].map((user) => ({
      ...{ user, team: 'T0HOME', decision: 'approve' as const, at: sampleNow.toISOString() },
    }));
    expect(await approvals.mayStillApply({ ...proposal, votes: cast })).toContain('1 of 2');
  });

  it('a proposal without votes has no approval', async () => {
    const { approvals, proposal } = await approved();
    expect(await approvals.mayStillApply({ ...proposal, votes: [] })).toContain('0 of 0');
  });
});

describe('an undo', () => {
  async function ended(state: 'fixed' | 'failed', cluster: Partial<ClusterConfig> = {}) {
    const set = setUp(cluster);
    const original = await set.propose({ requestedBy: boss });
    const second = person('U0ANN');
    await set.approvals.approve(original, net);
    if ((await set.store.get(original))?.state !== 'approved') await set.approvals.approve(original, second);
    await set.store.move(original, { to: 'applying', by: 'system' });
    await set.store.recordStep(original, sampleStep({ id: 'a', title: 'Write', state: 'done' }));
    if (state === 'fixed') await set.store.move(original, { to: 'verifying', by: 'system' });
    await set.store.move(original, { to: state, by: 'system' });
    return { ...set, original };
  }

  it('may be asked for by whoever may ask for a fix, once something was done', async () => {
    const { approvals, original, propose } = await ended('fixed');
    expect(await approvals.mayUndo(original, boss)).toMatchObject({ ok: true, proposal: { id: original } });
    expect(await approvals.mayUndo(original, person('U0STRANGER'))).toMatchObject({ ok: true });
    expect(await approvals.mayUndo(original, person('U0GUEST'))).toMatchObject({ ok: false });
    expect(await approvals.mayUndo(await propose(), boss)).toMatchObject({ ok: false });
    await propose({ undoes: original });
    expect(await approvals.mayUndo(original, boss)).toMatchObject({ ok: false });
  });

  it('cannot be approved by whoever asked for the original', async () => {
    const { approvals, original, propose } = await ended('fixed');
    const undo = await propose({ undoes: original, requestedBy: boss });
    expect(await approvals.approve(undo, boss)).toMatchObject({ kind: 'refused' });
    expect(await approvals.approve(undo, net)).toMatchObject({ kind: 'approved' });
  });

  it.each([
    ['not by who pressed it', net, net, false, {}],
    ['not by who pressed it with another account', person('U0ANN2'), person('U0ANN'), false, {}],
    ['by the approver of the fix, where somebody else pressed', person('U0STRANGER'), net, true, {}],
    ['by who pressed it, where the policy lets them', net, net, true, policy({ selfApproval: true })],
  ] as const)('of a fix that worked is approved %s', async (_how, presser, by, ok, cluster) => {
    const { approvals, original, propose } = await ended('fixed', cluster);
    const undo = await propose({ undoes: original, requestedBy: boss, undoAskedBy: presser });
    expect(await approvals.approve(undo, by)).toMatchObject(
      ok ? { kind: 'approved' } : { kind: 'refused', reason: expect.stringContaining('You pressed Undo') },
    );
  });

  it('of a failed roll-out is approved by one of its approvers alone, even where two are needed', async () => {
    const { approvals, original, propose, store } = await ended('failed', policy({ quorum: { medium: 2 } }));
    const undo = await propose({ undoes: original, requestedBy: boss, undoAskedBy: net, quorum: 2 });
    expect(await approvals.approve(undo, net)).toMatchObject({ kind: 'approved' });
    const proposal = await store.get(undo);
    expect(proposal && (await approvals.mayStillApply(proposal))).toBe(true);
  });

  it('of a failed roll-out needs the quorum of everybody else', async () => {
    const { approvals, original, propose } = await ended('failed', {
      ...policy({ quorum: { medium: 2 } }),
      approvers: { users: ['U0BOSS', 'U0THIRD'], groups: ['S0NET'] },
    });
    const undo = await propose({ undoes: original, requestedBy: boss, quorum: 2 });
    expect(await approvals.approve(undo, person('U0THIRD'))).toMatchObject({ kind: 'voted', missing: 1 });
  });

  it('of a fix that worked needs the quorum', async () => {
    const { approvals, original, propose } = await ended('fixed', policy({ quorum: { medium: 2 } }));
    const undo = await propose({ undoes: original, requestedBy: boss, quorum: 2 });
    expect(await approvals.approve(undo, net)).toMatchObject({ kind: 'voted', missing: 1 });
  });
});

describe('who looks', () => {
  const askers = { users: ['U0ASKER'], groups: [] };

  it.each([
    ['may ask', 'U0ASKER', true],
    ['may decide', 'U0BOSS', true],
    ['may neither', 'U0STRANGER', false],
    ['is a guest', 'U0GUEST', false],
  ])('and %s sees the cluster or not, and is never audited', async (_what, user, ok) => {
    const { approvals, audit } = setUp({ askers });
    expect(await approvals.maySee(person(user), 'cluster-x')).toMatchObject({ ok });
    expect(await audit.read({})).toEqual([]);
  });
});

describe('a command', () => {
  it('that is refused is audited, one that is allowed is not', async () => {
    const { approvals, audit } = setUp();
    expect(await approvals.may('mute', boss, 'cluster-x')).toEqual({ ok: true });
    expect(await audit.read({})).toEqual([]);
    expect(await approvals.may('mute', person('U0STRANGER'), 'cluster-x')).toMatchObject({ ok: false });
    expect((await audit.read({})).at(-1)).toMatchObject({ action: 'mute.refused', cluster: 'cluster-x' });
  });

  it('can offer no fix where nothing may be changed', () => {
    expect(setUp().approvals.mayPropose('cluster-x')).toBe(true);
    expect(setUp({ readOnly: true }).approvals.mayPropose('cluster-x')).toContain('read-only');
    expect(setUp().approvals.mayPropose('cluster-z')).toContain('cluster-z');
  });
});
