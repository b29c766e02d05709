import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createProposalStore, type ProvenStore } from '../../../src/approvals/store/create-proposal-store.ts';
import { mask } from '../../../src/masking/mask.ts';
import { createAuditLog } from '../../../src/ops/audit/audit-log.ts';
import { createLedger } from '../../../src/ops/audit/ledger.ts';
import { verifyAudit } from '../../../src/ops/audit/verify-audit.ts';
import type { ProposalStore } from '../../../src/proposals/ports.ts';
import { type ProposalState, proposalStates, transitions } from '../../../src/proposals/proposal.ts';
import { quietLogger } from '../../support/quiet-logger.ts';
import { redisForTest } from '../../support/redis-for-test.ts';
import { sampleNow, sampleProposal, sampleStep } from '../../support/sample-proposal.ts';

const { connect, newPrefix } = redisForTest();
const shared = connect();

const unreadable: string[] = [];

function openStore(prefix = newPrefix(), redis = shared) {
  const ledger = createLedger({ redis, prefix, auditKey: 'k'.repeat(16), logger: quietLogger() });
  const store: ProvenStore = createProposalStore({
    redis,
    prefix,
    ledger,
    now: () => sampleNow,
    onUnreadable: (id) => void unreadable.push(id),
  });
  return { store, ledger, audit: createAuditLog(ledger), prefix };
}

const someone = (user: string) => ({ user, team: 'T0HOME' });
const at = sampleNow.toISOString();
const approval = (user: string) => ({ ...someone(user), decision: 'approve' as const, at });
const denial = (user: string) => ({ ...someone(user), decision: 'deny' as const, at, reason: 'not today' });

/** Takes a proposal to a state by moves that exist. */
const ways: Readonly<Record<ProposalState, readonly ProposalState[]>> = {
  proposed: [],
  approved: ['approved'],
  rejected: ['rejected'],
  expired: ['expired'],
  superseded: ['superseded'],
  stale: ['stale'],
  applying: ['approved', 'applying'],
  verifying: ['approved', 'applying', 'verifying'],
  fixed: ['approved', 'applying', 'verifying', 'fixed'],
  'still-found': ['approved', 'applying', 'verifying', 'still-found'],
  unproven: ['approved', 'applying', 'verifying', 'unproven'],
  failed: ['approved', 'applying', 'failed'],
  aborted: ['approved', 'applying', 'aborted'],
  unknown: ['approved', 'applying', 'unknown'],
};

async function bring(store: ProposalStore, id: string, to: ProposalState): Promise<void> {
  for (const state of ways[to]) {
    if (state === 'approved') await store.vote(id, approval('U0BOSS'), { quorum: 1 });
    else if (state === 'rejected') await store.vote(id, denial('U0BOSS'), { quorum: 1 });
    else await store.move(id, { to: state, by: 'system' });
  }
}

async function newProposal(store: ProposalStore, fields = {}): Promise<string> {
  const proposal = sampleProposal(fields);
  await store.create(proposal);
  return proposal.id;
}

describe('what is kept', () => {
  it('is the very same text, and bears the same seal, where a field is undefined and where it is absent', async () => {
    const kept = async (fields: object) => {
      const { store, prefix } = openStore();
      const proposal = { ...sampleProposal({ id: 'the-very-same-change' }), ...fields };
      await store.create(proposal);
      const keys = await shared.keys(`${prefix}*the-very-same-change*`);
      const values = await Promise.all(keys.map((key) => shared.hget(key, 'value').catch(() => null)));
      return { values, read: await store.get(proposal.id) };
    };
    const absent = await kept({});
    const undefineds = { detail: undefined, approvedAt: undefined, endedAt: undefined, recheckAt: undefined };
    const explicit = await kept(undefineds);
    expect(absent.values.filter(Boolean)).not.toEqual([]);
    expect(explicit.values).toEqual(absent.values);
    expect(explicit.read).toStrictEqual(absent.read);
  });
});

describe('what is kept of a change', () => {
  const secret = 'access_key=LTAI5tQmXk3Yp9wVz8NbRc2D';

  it('holds no secret in what is said, and its plan byte for byte', async () => {
    const { store, ledger, prefix } = openStore();
    const splice = { at: 3, removed: '', inserted: '"password": "kept-as-it-is-01"' };
    const about = { kind: 'ConfigMap', namespace: 'kube-system', name: 'kube-flannel-cfg' } as const;
    const changes = [
      { verb: 'edit-document', about, key: 'a', fromDigest: 'a', toDigest: 'b', splice } as const,
    ];
    const proposal = sampleProposal({ changes, warnings: [secret] });
    await store.create(proposal);
    await bring(store, proposal.id, 'approved');
    await store.move(proposal.id, { to: 'failed', by: 'system', set: { detail: `refused: ${secret}` } });
    const kept = await ledger.load(`${prefix}:proposal:${proposal.id}`);
    expect(kept?.value).not.toContain('LTAI5tQmXk3Yp9wVz8NbRc2D');
    expect((await store.get(proposal.id))?.changes).toEqual(changes);
  });

  it.each(['expired', 'superseded', 'stale'] as const)(
    'that is %s with nobody having voted is what its card and the lists need, and its proof holds',
    async (to) => {
      const { store } = openStore();
      const proposal = sampleProposal();
      await store.create(proposal);
      await bring(store, proposal.id, to);
      const { title, digest, params } = proposal;
      const bare = { changes: [], basis: [], diffs: [], rollouts: [], warnings: [] };
      expect(await store.get(proposal.id)).toMatchObject({ state: to, title, digest, params, ...bare });
      await store.proof(proposal.id)();
    },
  );

  it('keeps its plan where somebody voted', async () => {
    const { store } = openStore();
    const proposal = sampleProposal();
    await store.create(proposal);
    await bring(store, proposal.id, 'rejected');
    expect((await store.get(proposal.id))?.changes).toEqual(proposal.changes);
  });
});

describe('a card that a newer check takes along', () => {
  const again = { run: 'run-2', thread: { channel: 'C0OPS', threadTs: '2.2' } };
  const [one, two] = [
    { channel: 'C0OPS', ts: '1.1' },
    { channel: 'C0OPS', ts: '2.3' },
  ];

  it('keeps its votes, forgets where it stood once that was said, and belongs to the newest result', async () => {
    const { store } = openStore();
    const proposal = sampleProposal({ quorum: 2 });
    await store.create(proposal);
    await store.placeCard(proposal.id, one, proposal);
    await store.vote(proposal.id, approval('U0BOSS'), { quorum: 2 });
    const moved = await store.offerAgain(proposal.id, again);
    expect(moved).toMatchObject({ ...again, cardBefore: one, votes: [approval('U0BOSS')] });
    expect(moved.card).toBeUndefined();
    expect(await store.behind()).toEqual([proposal.id]);
    const placed = await store.placeCard(proposal.id, two, moved);
    expect([placed.card, placed.cardBefore]).toEqual([two, undefined]);
    expect(await store.behind()).toEqual([]);
  });

  it('goes on where it was taken further while it was being posted', async () => {
    const { store } = openStore();
    const proposal = sampleProposal();
    await store.create(proposal);
    const shown = await store.offerAgain(proposal.id, again);
    await store.offerAgain(proposal.id, { ...again, run: 'run-3' });
    const placed = await store.placeCard(proposal.id, two, shown);
    expect([placed.card, placed.cardBefore, placed.run]).toEqual([undefined, two, 'run-3']);
    expect(await store.behind()).toEqual([proposal.id]);
  });

  it('is none any more once it is decided', async () => {
    const { store } = openStore();
    const proposal = sampleProposal();
    await store.create(proposal);
    await bring(store, proposal.id, 'approved');
    await expect(store.offerAgain(proposal.id, again)).rejects.toMatchObject({ code: 'proposal.state' });
  });
});

describe('a move', () => {
  const pairs = proposalStates.flatMap((from) => proposalStates.map((to) => [from, to] as const));
  const byMove = (from: ProposalState, to: ProposalState) =>
    transitions[from].includes(to) && to !== 'approved' && to !== 'rejected';

  it.each(pairs.filter(([from, to]) => byMove(from, to)))('leads from %s to %s', async (from, to) => {
    const { store, audit } = openStore();
    const id = await newProposal(store);
    await bring(store, id, from);
    const moved = await store.move(id, { to, by: 'system', why: 'because' });
    expect(moved.state).toBe(to);
    expect(await store.get(id)).toEqual(moved);
    expect((await audit.read({})).at(-1)).toMatchObject({ from, to, proposal: id, detail: 'because' });
  });

  it.each(pairs.filter(([from, to]) => !byMove(from, to)))('never leads from %s to %s', async (from, to) => {
    const { store, ledger } = openStore();
    const id = await newProposal(store);
    await bring(store, id, from);
    const before = [await store.get(id), await ledger.head()];
    await expect(store.move(id, { to, by: 'system' })).rejects.toMatchObject({ code: 'proposal.state' });
    expect([await store.get(id), await ledger.head()]).toEqual(before);
  });

  it('of a proposal nobody knows is refused as unknown', async () => {
    const { store } = openStore();
    await expect(store.move('nobody-knows-this-one', { to: 'expired', by: 'system' })).rejects.toMatchObject({
      code: 'proposal.unknown',
    });
  });

  it('keeps an ended proposal for as long as configured, and an open one for ever', async () => {
    const { store, prefix } = openStore();
    const id = await newProposal(store);
    expect(await shared.ttl(`${prefix}:proposal:${id}`)).toBe(-1);
    await store.move(id, { to: 'expired', by: 'system' });
    expect(await shared.ttl(`${prefix}:proposal:${id}`)).toBeGreaterThan(89 * 86_400);
  });
});

describe('a proposal', () => {
  it('is created once under its id', async () => {
    const { store } = openStore();
    const proposal = sampleProposal();
    await store.create(proposal);
    await expect(store.create(proposal)).rejects.toMatchObject({ code: 'proposal.state' });
  });

  it('is listed as open until it ends, and in the history for good, by cluster', async () => {
    const { store } = openStore();
    const first = await newProposal(store, { createdAt: '2026-03-01T10:00:00.000Z' });
    const second = await newProposal(store, { createdAt: '2026-03-01T11:00:00.000Z' });
    const other = await newProposal(store, { cluster: 'cluster-y' });
    await store.move(first, { to: 'expired', by: 'system' });
    const ids = (list: readonly { id: string }[]) => list.map(({ id }) => id);
    expect(ids(await store.open('cluster-x'))).toEqual([second]);
    expect(ids(await store.open())).toEqual([second, other]);
    expect(ids(await store.history('cluster-x', 10))).toEqual([second, first]);
    expect(ids(await store.history(undefined, 2))).toEqual([other, second]);
  });

  it('that this version cannot read is told of, and keeps no other from being listed', async () => {
    const { store, ledger, prefix } = openStore();
    const broken = await newProposal(store, {});
    const whole = await newProposal(store, {});
    const key = `${prefix}:proposal:${broken}`;
    const { revision: expected = '' } = (await ledger.load(key)) ?? {};
    await ledger.commit({ documents: [{ key, expected, value: mask(JSON.stringify({ id: broken })) }] });
    for (const _look of [1, 2]) expect((await store.open()).map(({ id }) => id)).toEqual([whole]);
    expect(unreadable).toEqual([broken]);
    await expect(store.get(broken)).rejects.toThrow();
  });

  it('takes steps one by one, replaced by id, until it has ended', async () => {
    const { store, audit } = openStore();
    const id = await newProposal(store);
    await bring(store, id, 'applying');
    await store.recordStep(id, sampleStep({ id: 'a', title: 'Write', state: 'started' }));
    await store.recordStep(
      id,
      sampleStep({ id: 'b', title: 'Roll', state: 'started', resourceVersion: 'uid-1' }),
    );
    const after = await store.recordStep(id, sampleStep({ id: 'a', title: 'Write', state: 'done' }));
    expect(after.steps.map((step) => [step.id, step.state])).toEqual([
      ['a', 'done'],
      ['b', 'started'],
    ]);
    expect((await audit.read({})).slice(-3).map(({ action, detail }) => [action, detail])).toEqual([
      ['step.started', 'Write'],
      ['step.started', 'Roll; uid-1'],
      ['step.done', 'Write'],
    ]);
    await store.move(id, { to: 'failed', by: 'system' });
    await expect(
      store.recordStep(id, sampleStep({ id: 'a', title: 'Write', state: 'done' })),
    ).rejects.toMatchObject({
      code: 'proposal.state',
    });
  });

  it.each(['proposed', 'verifying', 'fixed', 'rejected'] as const)(
    'that is %s cannot be aborted',
    async (state) => {
      const { store } = openStore();
      const id = await newProposal(store);
      await bring(store, id, state);
      await expect(store.requestAbort(id, someone('U0BOSS'))).rejects.toMatchObject({
        code: 'proposal.state',
      });
    },
  );

  it.each(['approved', 'applying'] as const)(
    'that is %s remembers who first asked to abort',
    async (state) => {
      const { store } = openStore();
      const id = await newProposal(store);
      await bring(store, id, state);
      await store.requestAbort(id, someone('U0BOSS'));
      const again = await store.requestAbort(id, someone('U0LATE'));
      expect(again.abortRequestedBy).toEqual(someone('U0BOSS'));
    },
  );

  it('is behind its card from each change on, until the card shows just that', async () => {
    const { store } = openStore();
    const id = await newProposal(store);
    const card = { channel: 'C0OPS', ts: '1.1' };
    expect(await store.behind()).toEqual([id]);
    const shown = await store.get(id);
    await store.vote(id, approval('U0BOSS'), { quorum: 2 });
    await store.placeCard(id, card, shown);
    expect(await store.behind()).toEqual([id]);
    await store.placeCard(id, card, await store.get(id));
    expect(await store.behind()).toEqual([]);
    await store.move(id, { to: 'expired', by: 'system' });
    expect(await store.behind()).toEqual([id]);
  });
});

describe('an undo', () => {
  async function undone() {
    const opened = openStore();
    const original = await newProposal(opened.store);
    await bring(opened.store, original, 'fixed');
    const undo = await newProposal(opened.store, { undoes: original });
    return { ...opened, original, undo };
  }

  it('is the only one of its original', async () => {
    const { store, original, undo } = await undone();
    expect((await store.get(original))?.undoneBy).toBe(undo);
    await expect(store.create(sampleProposal({ undoes: original }))).rejects.toMatchObject({
      code: 'proposal.state',
    });
  });

  it('of nothing that is known is refused', async () => {
    const { store } = openStore();
    await expect(store.create(sampleProposal({ undoes: 'nobody-knows-this-one' }))).rejects.toMatchObject({
      code: 'proposal.unknown',
    });
  });

  it.each(['rejected', 'expired', 'failed'] as const)(
    'that is %s leaves its original to another',
    async (state) => {
      const { store, original, undo } = await undone();
      await bring(store, undo, state);
      const second = await newProposal(store, { undoes: original });
      expect((await store.get(original))?.undoneBy).toBe(second);
    },
  );

  it.each(['fixed', 'unknown', 'applying'] as const)('that is %s stays the only one', async (state) => {
    const { store, original, undo } = await undone();
    await bring(store, undo, state);
    await expect(store.create(sampleProposal({ undoes: original }))).rejects.toMatchObject({
      code: 'proposal.state',
    });
  });
});

describe('many at once', () => {
  it('approve exactly once, whoever is first, and the audit log has every vote that counted', async () => {
    const { store, prefix, audit, ledger } = openStore();
    const id = await newProposal(store);
    const stores = Array.from({ length: 8 }, () => openStore(prefix, connect()).store);
    const clicks = stores.flatMap((each, index) =>
      Array.from({ length: 5 }, (_, click) =>
        each.vote(id, approval(`U0${index}X${click}`), { quorum: 1 }).then(
          () => 'won',
          (error: { code: string }) => error.code,
        ),
      ),
    );
    const results = await Promise.all(clicks);
    expect(results.filter((result) => result === 'won')).toHaveLength(1);
    expect(results.filter((result) => result === 'proposal.state')).toHaveLength(39);
    expect((await store.get(id))?.votes).toHaveLength(1);
    expect((await audit.read({})).filter(({ to }) => to === 'approved')).toHaveLength(1);
    expect(await verifyAudit(ledger, [])).toMatchObject({ ok: true, records: 2 });
  });

  // Their audit entries are equal to the letter: the same clock, the same actor, the same move.
  it('claim an approved proposal exactly once, also in the same millisecond', async () => {
    const { store, prefix } = openStore();
    const stores = await Promise.all(
      Array.from({ length: 12 }, async () => {
        const redis = connect();
        await redis.ping();
        return openStore(prefix, redis).store;
      }),
    );
    for (let round = 0; round < 20; round += 1) {
      const id = await newProposal(store);
      await bring(store, id, 'approved');
      const claims = stores.map((each) => each.move(id, { to: 'applying', by: 'system' }));
      const results = await Promise.allSettled(claims);
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    }
  });

  it('write to one audit chain without losing or repeating a record', async () => {
    const { prefix, ledger, audit } = openStore();
    const entries = Array.from({ length: 60 }, (_, index) => ({
      action: `a${index}`,
      actor: 'system' as const,
      at,
    }));
    const logs = Array.from({ length: 6 }, () => openStore(prefix, connect()).audit);
    await Promise.all(entries.map((entry, index) => logs[index % 6]?.append(entry)));
    expect((await audit.read({})).map(({ action }) => action).sort()).toEqual(
      entries.map(({ action }) => action).sort(),
    );
    expect(await verifyAudit(ledger, [])).toMatchObject({ ok: true, records: 60 });
  });
});

describe('votes in any order', () => {
  const people: Readonly<Record<string, string>> = {
    U0A: 'ann',
    U0A2: 'ann',
    U0B: 'bob',
    U0C: 'cat',
    U0D: 'dan',
  };
  const samePerson = (one: { user: string }, other: { user: string }) =>
    people[one.user] === people[other.user];
  const ballot = fc.record({
    user: fc.constantFrom(...Object.keys(people)),
    decision: fc.constantFrom('approve' as const, 'approve' as const, 'deny' as const),
  });

  it('approve with as many people as the quorum asks and no denial, reject with the first denial, and end it', async () => {
    const { store } = openStore();
    await fc.assert(
      fc.asyncProperty(
        fc.array(ballot, { maxLength: 8 }),
        fc.integer({ min: 1, max: 3 }),
        async (ballots, quorum) => {
          const id = await newProposal(store);
          const approved = new Set<string>();
          let expected: 'proposed' | 'approved' | 'rejected' = 'proposed';
          for (const { user, decision } of ballots) {
            const person = people[user] ?? user;
            const counts = expected === 'proposed' && (decision === 'deny' || !approved.has(person));
            const cast = store.vote(id, { ...someone(user), decision, at }, { quorum, samePerson });
            if (counts) await cast;
            else await expect(cast).rejects.toMatchObject({ code: 'proposal.state' });
            if (!counts) continue;
            if (decision === 'deny') expected = 'rejected';
            else {
              approved.add(person);
              if (approved.size >= quorum) expected = 'approved';
            }
          }
          const proposal = await store.get(id);
          expect(proposal?.state).toBe(expected);
          const voters = proposal?.votes.map(({ user }) => people[user]) ?? [];
          expect(new Set(voters).size).toBe(voters.length);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('do not count once the time is up', async () => {
    const { store } = openStore();
    const id = await newProposal(store);
    const late = { ...approval('U0BOSS'), at: '2026-03-01T12:30:00.000Z' };
    await expect(store.vote(id, late, { quorum: 1 })).rejects.toMatchObject({ code: 'proposal.state' });
    expect((await store.get(id))?.state).toBe('proposed');
  });

  it('are never dated before their card: a clock a little behind counts as the card’s', async () => {
    const { store, audit } = openStore();
    const id = await newProposal(store);
    const early = { ...approval('U0BOSS'), at: '2026-03-01T11:59:30.000Z' };
    expect(await store.vote(id, early, { quorum: 1 })).toMatchObject({ votes: [{ at }], approvedAt: at });
    expect((await audit.read({})).at(-1)).toMatchObject({ action: 'vote.approve', at });
  });

  it.each([approval('U0BOSS'), denial('U0BOSS')])(
    'are refused from a bot whose clock is 70 minutes behind ($decision)',
    async (vote) => {
      const { store, audit } = openStore();
      const id = await newProposal(store);
      const early = { ...vote, at: '2026-03-01T10:50:00.000Z' };
      await expect(store.vote(id, early, { quorum: 1 })).rejects.toMatchObject({
        code: 'proposal.state',
        message: expect.stringMatching(/70 minutes before the card: the clock of the bot is behind/),
        hint: expect.stringMatching(/Set the clock/),
      });
      expect(await store.get(id)).toMatchObject({ state: 'proposed', votes: [] });
      expect((await audit.read({})).map(({ action }) => action)).toEqual(['proposed']);
    },
  );

  it('cannot approve what the API server refused in the dry run', async () => {
    const { store } = openStore();
    const id = await newProposal(store, { dryRun: { ok: false, detail: 'denied by webhook' } });
    await expect(store.vote(id, approval('U0BOSS'), { quorum: 1 })).rejects.toMatchObject({
      code: 'proposal.state',
    });
    expect((await store.vote(id, denial('U0BOSS'), { quorum: 1 })).state).toBe('rejected');
  });
});

describe('changes that ended', () => {
  it('are forgotten beyond the number to keep, the oldest first, and never an open one', async () => {
    const prefix = newPrefix();
    const ledger = createLedger({ redis: shared, prefix, auditKey: 'k'.repeat(16), logger: quietLogger() });
    const store = createProposalStore({ redis: shared, prefix, ledger, now: () => sampleNow, keepMost: 2 });
    const created = (day: number) => new Date(sampleNow.getTime() + day * 86_400_000).toISOString();
    const open = await newProposal(store, { createdAt: created(0) });
    const ids: string[] = [];
    for (const day of [1, 2, 3, 4]) ids.push(await newProposal(store, { createdAt: created(day) }));
    for (const id of ids) await store.move(id, { to: 'superseded', by: 'system' });
    const kept = await Promise.all([open, ...ids].map((id) => store.get(id)));
    expect(kept.map((proposal) => proposal?.state)).toEqual([
      'proposed',
      undefined,
      undefined,
      'superseded',
      'superseded',
    ]);
    expect((await store.history('cluster-x', 9)).map(({ id }) => id)).toEqual([ids[3], ids[2], open]);
  });
});
