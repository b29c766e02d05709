import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { flannelCniVersion } from '../../../src/checks/flannel/flannel-cni-version.ts';
import { objectWrites } from '../../../src/engine/planning/facts/object-writes.ts';
import { AcknetError } from '../../../src/errors.ts';
import { HandedOver, Postponed } from '../../../src/jobs/job-context.ts';
import type { Proposal } from '../../../src/proposals/proposal.ts';
import { addFlannelCniVersion } from '../../../src/remediations/flannel/add-flannel-cni-version.ts';
import { fixReads } from '../../support/plan-reads.ts';
import { redisForTest } from '../../support/redis-for-test.ts';
import { sampleProposal } from '../../support/sample-proposal.ts';
import { type SimulatedCluster, startSimulatedCluster } from '../../support/start-simulated-cluster.ts';
import { attempts, checkJob, openJobStand } from '../open-job-stand.ts';

const { connect, newPrefix } = redisForTest();
const redis = connect();
let simulated: SimulatedCluster;

beforeEach(async () => {
  simulated = await startSimulatedCluster('flannel-broken', {
    reads: [...flannelCniVersion.reads, ...fixReads(addFlannelCniVersion)],
    writes: addFlannelCniVersion.writes,
  });
});
afterEach(() => simulated.close());

const boss = { user: 'U0BOSS', team: 'T0HOME' };
const net = { user: 'U0NET', team: 'T0HOME' };

async function approvedFix(by = boss, checks = [flannelCniVersion]) {
  const prefix = newPrefix();
  const stand = openJobStand({ redis, prefix, access: simulated.access, checks });
  await stand.check(checkJob(), attempts().attempt());
  const [proposal] = await stand.store.open('cluster-x');
  if (!proposal) throw new Error('the check proposed nothing');
  const decision = await stand.approvals.approve(proposal.id, by);
  if (decision.kind !== 'approved') throw new Error(JSON.stringify(decision));
  stand.queued.cards.length = 0;
  const written = () =>
    simulated.simulator.writes.filter(({ dryRun, user }) => !dryRun && user.endsWith(':fixer'));
  const state = async () => (await stand.store.get(proposal.id))?.state;
  return { ...stand, prefix, id: proposal.id, written, state };
}

describe('on its way to the first write', () => {
  it('a change is loaded once by the job and once more under the lock, and authority is asked once', async () => {
    const stand = await approvedFix();
    const { get, move } = stand.store;
    const { mayStillApply } = stand.approvals;
    const seen: string[] = [];
    stand.store.get = (id) => {
      seen.push('loaded');
      return get(id);
    };
    stand.approvals.mayStillApply = (proposal) => {
      seen.push('authority asked');
      return mayStillApply(proposal);
    };
    stand.store.move = (id, given) => {
      seen.push(given.to);
      return move(id, given);
    };
    await stand.fix({ proposalId: stand.id }, attempts().attempt());
    expect(seen.slice(0, seen.indexOf('applying'))).toEqual(['loaded', 'loaded', 'authority asked']);
    expect(seen.filter((step) => step === 'authority asked')).toHaveLength(1);
  });
});

describe('when Redis comes back empty in mid-fix', () => {
  /** Everything that Redis held is gone once the fix has written for the first time. */
  async function emptied() {
    const stand = await approvedFix();
    const recordStep = stand.store.recordStep;
    let empty = false;
    stand.store.recordStep = async (...given) => {
      if (!empty && given[1].state === 'done') {
        const result = await recordStep(...given);
        empty = true;
        const keys = await redis.keys(`${stand.prefix}*`);
        await redis.del(...keys);
        return result;
      }
      return recordStep(...given);
    };
    await stand.fix({ proposalId: stand.id }, attempts().attempt());
    return stand;
  }

  it('the worker stops at the next step, and says what was done', async () => {
    const { lost, written, queued } = await emptied();
    expect(lost).toHaveLength(1);
    const states = lost[0]?.steps.map(({ state }) => state) ?? [];
    expect(states[0]).toBe('done');
    expect(states.slice(1).every((state) => state === 'pending')).toBe(true);
    expect(states.length).toBeGreaterThan(1);
    expect(written()).toHaveLength(1);
    expect(queued.fixes).toEqual([]);
  });

  it('the audit log begins anew with that', async () => {
    const { audit, id } = await emptied();
    const records = await audit.read({});
    expect(records.map(({ action, proposal }) => [action, proposal])).toEqual([['record-lost', id]]);
    expect(records[0]?.detail).toMatch(/^Redis lost the record; 1 of \d+ steps were done/);
  });
});

describe('a fix job', () => {
  it('carries the approved change out, proves it, and keeps the card in step', async () => {
    const { fix, id, state, queued, written } = await approvedFix();
    await fix({ proposalId: id }, attempts().attempt());
    expect(await state()).toBe('fixed');
    expect(written().length).toBeGreaterThan(1);
    expect(queued.cards.length).toBeGreaterThan(1);
    const before = written().length;
    await fix({ proposalId: id }, attempts().attempt());
    expect(written()).toHaveLength(before);
  });

  it('proves it by evidence newer than the end of the roll-out only', async () => {
    const judged: (Date | undefined)[] = [];
    const watched: typeof flannelCniVersion = {
      ...flannelCniVersion,
      judge: (facts, context) => {
        judged.push(context.since);
        return flannelCniVersion.judge(facts, context);
      },
    };
    const { fix, id, store } = await approvedFix(boss, [watched]);
    await fix({ proposalId: id }, attempts().attempt());
    const [first, ...again] = judged.map((since) => since?.toISOString());
    expect(first).toBeUndefined();
    expect(new Set(again)).toEqual(new Set([(await store.get(id))?.appliedAt]));
  });

  it('that names another change, as who can write to Redis may have it do, writes nothing', async () => {
    const { fix, store, written } = await approvedFix();
    const other = sampleProposal({ cluster: 'cluster-x' });
    await store.create({ ...other, expiresAt: new Date(Date.now() + 600_000).toISOString() });
    for (const proposalId of [other.id, 'made-up', '../lock-token'])
      await fix({ proposalId }, attempts().attempt());
    expect((await store.get(other.id))?.state).toBe('proposed');
    expect(written()).toEqual([]);
  });

  it.each<[string, (stored: Proposal) => Partial<Proposal>]>([
    [
      'made up as one under way, with its first step done',
      ({ changes }) => ({
        state: 'applying',
        steps: objectWrites(changes).map(({ id, about }) => {
          return { kind: 'write', id, title: 'Write', state: 'done', about } as const;
        }),
      }),
    ],
    [
      'altered after a real vote, to cordon a node',
      () => ({
        changes: [{ verb: 'cordon', about: { kind: 'Node', name: 'node-1' }, from: false, to: true }],
      }),
    ],
    ['whose asker was altered', () => ({ requestedBy: net })],
    ['whose vote was altered', ({ votes }) => ({ votes: votes.map((vote) => ({ ...vote, ...net })) })],
  ])('writes nothing of a change %s: it is refused, audited and said on its card', async (_what, attack) => {
    const { prefix, fix, card, id, audit, written, refused, queued } = await approvedFix();
    const key = `${prefix}:proposal:${id}`;
    const stored = JSON.parse((await redis.hget(key, 'value')) ?? '') as Proposal;
    await redis.hset(key, 'value', JSON.stringify({ ...stored, ...attack(stored) }));
    await expect(fix({ proposalId: id }, attempts().attempt())).rejects.toMatchObject({
      code: 'proposal.unverified',
    });
    expect(written()).toEqual([]);
    expect((await audit.read({})).filter(({ action }) => action === 'unverified')).toHaveLength(1);
    expect(queued.cards).toContain(id);
    await card({ task: 'show', proposalId: id }, attempts().attempt());
    expect(refused).toEqual([id]);
  });

  it('writes nothing where the count of lock tokens was set back: an older hand may still be at work', async () => {
    const { fix, id, store, state, written } = await approvedFix();
    const [write] = objectWrites((await store.get(id))?.changes ?? []);
    if (write === undefined) throw new Error('the fix writes nothing');
    const step = {
      kind: 'write',
      id: write.id,
      title: 'Write',
      state: 'pending',
      about: write.about,
    } as const;
    await store.move(id, { to: 'applying', by: 'system', set: { steps: [step] }, fence: 1000 });
    await expect(fix({ proposalId: id }, attempts().attempt())).rejects.toEqual(new Postponed(7));
    expect([await state(), written()]).toEqual(['applying', []]);
  });

  it('waits, without failing, while another change holds the cluster', async () => {
    const { fix, id, state, lock, written } = await approvedFix();
    const held = await lock.acquire('cluster-x', 'another change');
    await expect(fix({ proposalId: id }, attempts().attempt())).rejects.toEqual(new Postponed(7));
    expect([await state(), written()]).toEqual(['approved', []]);
    await held?.release();
    await fix({ proposalId: id }, attempts().attempt());
    expect(await state()).toBe('fixed');
  });

  it('writes nothing when the approver has left the list since', async () => {
    const { fix, id, state, directory, written } = await approvedFix(net);
    directory.groups.set('S0NET', []);
    await fix({ proposalId: id }, attempts().attempt());
    expect([await state(), written()]).toEqual(['aborted', []]);
  });

  it('leaves the change approved for the next attempt while Slack cannot say who still may', async () => {
    const { fix, id, state, directory, written } = await approvedFix(net);
    directory.down = true;
    await expect(fix({ proposalId: id }, attempts().attempt())).rejects.toMatchObject({ retry: true });
    expect([await state(), written()]).toEqual(['approved', []]);
  });

  it('ends as unknown, with the reason, when no attempt is left', async () => {
    const { fix, id, store, directory, queued } = await approvedFix(net);
    directory.down = true;
    await expect(fix({ proposalId: id }, attempts().attempt({ lastAttempt: true }))).rejects.toThrow();
    expect(await store.get(id)).toMatchObject({ state: 'unknown', detail: expect.stringContaining('Slack') });
    expect(queued.cards).toEqual([id]);
  });

  it('ends as unknown when workers keep dying with it', async () => {
    const { fix, id, store, written } = await approvedFix();
    const givenUp = new AcknetError('job.abandoned', 'Six workers died.', { hint: 'Look at the logs.' });
    await expect(fix({ proposalId: id }, attempts({ givenUp }).attempt())).rejects.toThrow();
    expect(await store.get(id)).toMatchObject({
      state: 'unknown',
      detail: 'Six workers died. Look at the logs.',
    });
    expect(written()).toEqual([]);
  });

  it.each([
    ['has its result checked again where it had begun to write', 'done', (id: string) => [`${id}-unknown`]],
    ['is not checked again where nothing was written', 'pending', () => []],
  ] as const)('given up as unknown %s', async (_what, state, checks) => {
    const { fix, id, store, queued } = await approvedFix();
    const [write] = objectWrites((await store.get(id))?.changes ?? []);
    if (write === undefined) throw new Error('the fix writes nothing');
    const step = { kind: 'write', id: write.id, title: 'Write', state, about: write.about } as const;
    await store.move(id, { to: 'applying', by: 'system', set: { steps: [step] } });
    const givenUp = new AcknetError('job.abandoned', 'Six workers died.');
    await expect(fix({ proposalId: id }, attempts({ givenUp }).attempt())).rejects.toThrow();
    expect(queued.rechecks).toEqual(checks(id));
  });

  it('expires an approval that came to its turn too late', async () => {
    const { fix, id, state, clock, written, queued } = await approvedFix();
    clock.ahead = 1_800_000;
    await fix({ proposalId: id }, attempts().attempt());
    expect([await state(), written(), queued.cards]).toEqual(['expired', [], [id]]);
  });

  it('handed over before its first write leaves it to the next worker', async () => {
    const { fix, id, state, written } = await approvedFix();
    const controller = new AbortController();
    controller.abort(new HandedOver());
    await expect(
      fix({ proposalId: id }, attempts({ signal: controller.signal }).attempt()),
    ).rejects.toThrow();
    expect(written()).toEqual([]);
    expect(['approved', 'applying']).toContain(await state());
    await fix({ proposalId: id }, attempts().attempt());
    expect(await state()).toBe('fixed');
  });

  it('of a change that is gone does nothing', async () => {
    const { fix, written } = await approvedFix();
    await fix({ proposalId: 'nobody-knows-this-one' }, attempts().attempt());
    expect(written()).toEqual([]);
  });
});
