import { describe, expect, it } from '@jest/globals';
import { verifyDocuments } from '../../../src/ops/audit/verify-documents.ts';
import type { Proposal } from '../../../src/proposals/proposal.ts';
import { sampleProposal, sampleStep } from '../../support/sample-proposal.ts';
import { person } from '../sample-authority.ts';
import {
  alter,
  at,
  boss,
  expectRefused,
  KEY,
  keyOf,
  newPrefix,
  openProcess,
  type Process,
  photograph,
  redis,
  unverified,
  vote,
} from './open-process.ts';

describe('a change that nobody touched', () => {
  it.each([KEY, ''])('is borne out in each of its states, with the key "%s"', async (key) => {
    const process = openProcess(newPrefix(), key);
    const { store, propose, approvals, prove } = process;
    const id = await propose();
    await store.placeCard(id, { channel: 'C0OPS', ts: '1.1' });
    await prove(id);
    await approvals.approve(id, boss);
    const proof = approvals.proof(id);
    await proof();
    await store.move(id, { to: 'applying', by: 'system' });
    for (const state of ['started', 'done'] as const) {
      await store.recordStep(id, sampleStep({ id: 'a', title: 'Write', state }));
      await proof();
    }
    await store.move(id, { to: 'verifying', by: 'system' });
    await store.move(id, { to: 'fixed', by: 'system' });
    await proof();
    const undo = await propose({ undoes: id, requestedBy: person('U0ASKER') });
    await prove(undo);
    await prove(id);
    expect(process.reported).toEqual([]);
  });

  it('is decided as it was borne out: nobody reads it anew between the proof and the vote', async () => {
    const { store, propose, approvals } = openProcess();
    const id = await propose();
    const read: string[] = [];
    const { get } = store;
    Object.assign(store, {
      get: (wanted: string) => {
        read.push(wanted);
        return get(wanted);
      },
    });
    expect(await approvals.approve(id, boss)).toMatchObject({ kind: 'approved' });
    expect(read).toEqual([]);
  });

  it('is borne out while others are at work on it', async () => {
    const process = openProcess();
    const { store, approved, approvals } = process;
    const id = await approved();
    await store.move(id, { to: 'applying', by: 'system' });
    const proof = approvals.proof(id);
    const steps = Array.from({ length: 20 }, (_, n) =>
      store.recordStep(id, sampleStep({ id: `step ${n}`, title: 'Write', state: 'done' })),
    );
    await Promise.all([...steps, ...Array.from({ length: 10 }, proof)]);
    expect(process.reported).toEqual([]);
  });

  it('stays so when a newer key signs, and a lost old one makes it unverified', async () => {
    const process = openProcess();
    const id = await process.approved();
    await openProcess(process.prefix, `a newer key of tests, ${KEY}`).prove(id);
    await expect(openProcess(process.prefix, 'a newer key of tests').prove(id)).rejects.toMatchObject(
      unverified('altered'),
    );
  });
});

describe('who can write to Redis', () => {
  it('cannot plant a vote', async () => {
    const process = openProcess();
    const id = await process.propose();
    await alter(process, id, { votes: [vote], state: 'approved', approvedAt: at });
    await expectRefused(process, id, 'altered');
  });

  it('cannot make up a document, as one that is being applied with a step done', async () => {
    const process = openProcess();
    const step = sampleStep({ id: 'a', title: 'Write', state: 'done' });
    const made = sampleProposal({ state: 'applying', votes: [vote], approvedAt: at, steps: [step] });
    await redis.hset(keyOf(process, made.id), { rev: 'f'.repeat(64), value: JSON.stringify(made) });
    await expectRefused(process, made.id, 'unsealed');
  });

  it.each<[string, Partial<Proposal>]>([
    ['the plan', { changes: [] }],
    ['its digest', { digest: 'd2' }],
    ['who asked', { requestedBy: person('U0SOMEONE') }],
    ['who pressed Undo', { undoAskedBy: person('U0SOMEONE') }],
    ['the quorum', { quorum: 5 }],
    ['whether a reason is needed', { requireReason: true }],
    ['its expiry', { expiresAt: '2027-03-01T12:00:00.000Z' }],
    ['when it was approved', { approvedAt: '2027-03-01T12:00:00.000Z' }],
    ['where its card stands', { card: { channel: 'C0OTHER', ts: '2.2' } }],
    ['what undoes it', { undoneBy: 'some-other-proposal' }],
    ['what it undoes', { undoes: 'some-other-proposal' }],
    ['its cluster', { cluster: 'cluster-y' }],
    ['its diff', { diffs: [{ title: 'nothing', diff: '' }] }],
    ['the lock it was recorded under', { fence: 1 }],
  ])('cannot alter %s after a real vote', async (_what, change) => {
    const process = openProcess();
    const id = await process.approved();
    await alter(process, id, change);
    await expectRefused(process, id, 'altered');
    await expect(process.store.move(id, { to: 'applying', by: 'system' })).rejects.toMatchObject(
      unverified('altered'),
    );
    expect(await process.approvals.approve(id, boss)).toMatchObject({ kind: 'refused' });
    expect(await process.store.open()).toEqual([]);
  });

  it('cannot put the document of one change in the place of another', async () => {
    const process = openProcess();
    const [approved, proposed] = [await process.approved(), await process.propose()];
    await redis.copy(keyOf(process, approved), keyOf(process, proposed), 'REPLACE');
    await expectRefused(process, proposed, 'altered');
  });

  it('cannot put an old document back, to use its approval twice', async () => {
    const process = openProcess();
    const id = await process.approved();
    const restore = await photograph(process, id);
    const { store } = process;
    await store.move(id, { to: 'applying', by: 'system' });
    await store.move(id, { to: 'failed', by: 'system' });
    await restore();
    await expectRefused(process, id, 'ended');
  });

  it('cannot have an old document voted on again', async () => {
    const process = openProcess();
    const id = await process.propose();
    const restore = await photograph(process, id);
    await process.approvals.reject(id, boss, 'no');
    await restore();
    expect(await process.approvals.approve(id, boss)).toMatchObject({ kind: 'refused' });
    // Written over by a step that did not look at the chain first.
    await process.store.vote(id, vote, { quorum: 1 });
    await expectRefused(process, id, 'ended');
  });

  it('cannot slip an old document in between two steps', async () => {
    const process = openProcess();
    const { store } = process;
    const id = await process.approved();
    await store.move(id, { to: 'applying', by: 'system' });
    const restore = await photograph(process, id);
    await store.recordStep(id, sampleStep({ id: 'a', title: 'Write', state: 'done' }));
    await restore();
    await store.recordStep(id, sampleStep({ id: 'b', title: 'Roll', state: 'started' }));
    await expectRefused(process, id, 'replayed');
  });

  it('cannot put back what an undo puts back', async () => {
    const process = openProcess();
    const { store } = process;
    const original = await process.approved();
    await store.move(original, { to: 'applying', by: 'system' });
    const restore = await photograph(process, original);
    await store.recordStep(original, sampleStep({ id: 'a', title: 'Write', state: 'done' }));
    await store.move(original, { to: 'failed', by: 'system' });
    const undo = await process.propose({ undoes: original });
    await restore();
    await expectRefused(process, undo, 'replayed');
  });

  it('cannot trim the log before the card, nor its end', async () => {
    const process = openProcess();
    const stream = `${process.prefix}:audit`;
    const id = await process.approved();
    const first = (await redis.xrange(stream, '-', '+', 'COUNT', 1))[0]?.[0] ?? '';
    await redis.xdel(stream, first);
    await expectRefused(process, id, 'unrecorded');
    const other = openProcess();
    const cut = await other.approved();
    const last = (await redis.xrevrange(`${other.prefix}:audit`, '+', '-', 'COUNT', 1))[0]?.[0] ?? '';
    await redis.xdel(`${other.prefix}:audit`, last);
    await expectRefused(other, cut, 'log-cut');
  });

  it('cannot roll log and document back under a process that saw them go on', async () => {
    const process = openProcess();
    const { store, prefix } = process;
    const id = await process.approved();
    const keys = [keyOf(process, id), `${prefix}:audit`, `${prefix}:audit:head`];
    const images = await Promise.all(keys.map((key) => redis.dumpBuffer(key)));
    await store.move(id, { to: 'applying', by: 'system' });
    await store.move(id, { to: 'failed', by: 'system' });
    for (const [index, key] of keys.entries()) await redis.restore(key, 0, images[index] ?? '', 'REPLACE');
    await expectRefused(process, id, 'log-cut');
    // What was recorded on the shortened log since bears nothing out either.
    await expect(process.prove(id)).rejects.toMatchObject(unverified('log-cut'));
  });

  it.each(['entry', 'nonce', 'prev'])('cannot alter the %s of a record since the card', async (field) => {
    const process = openProcess();
    const stream = `${process.prefix}:audit`;
    const id = await process.approved();
    const [, [recordId, fields] = ['', []]] = await redis.xrange(stream, '-', '+');
    const altered = fields.map((text, index) => (fields[index - 1] === field ? `${text} ` : text));
    await redis.xdel(stream, recordId);
    await redis.xadd(stream, `${recordId.split('-')[0]}-9`, ...altered);
    await expectRefused(process, id, 'log-altered');
  });

  it('lists no change of one cluster among those of another', async () => {
    const process = openProcess();
    const secret = await process.propose({ cluster: 'cluster-y' });
    for (const list of ['open', 'all'])
      await redis.zadd(`${process.prefix}:proposals:${list}:cluster-x`, Date.parse(at), secret);
    expect(await process.store.open('cluster-x')).toEqual([]);
    expect(await process.store.history('cluster-x', 10)).toEqual([]);
  });
});

describe('`audit verify`', () => {
  const verify = ({ ledger, prefix }: Process) => verifyDocuments(ledger, { redis, prefix });

  it('finds records and documents agree where nobody touched them', async () => {
    const process = openProcess();
    const { store, approved, propose } = process;
    const id = await approved();
    await store.placeCard(id, { channel: 'C0OPS', ts: '1.1' });
    await propose();
    await store.move(id, { to: 'applying', by: 'system' });
    await store.recordStep(id, sampleStep({ id: 'a', title: 'Write', state: 'done' }));
    await store.move(id, { to: 'failed', by: 'system' });
    await propose({ undoes: id });
    expect(await verify(process)).toEqual([]);
  });

  it.each<[string, (process: Process, id: string) => Promise<unknown>]>([
    ['an altered plan', (process, id) => alter(process, id, { changes: [] })],
    ['a planted vote', (process, id) => alter(process, id, { votes: [vote, { ...vote, user: 'U0NET' }] })],
    ['a seal taken away', (process, id) => redis.hdel(keyOf(process, id), 'seal')],
    ['a made-up document', (process) => redis.hset(keyOf(process, 'made-up'), { rev: 'r', value: '{}' })],
    [
      'an old document put back',
      async (process, id) => {
        const restore = await photograph(process, id);
        await process.store.move(id, { to: 'applying', by: 'system' });
        await restore();
      },
    ],
  ])('finds %s', async (_what, attack) => {
    const process = openProcess();
    await attack(process, await process.approved());
    expect(await verify(process)).toMatchObject([{ kind: 'disagrees' }]);
  });
});

describe('without a key', () => {
  it('a vote that the log does not know is still refused', async () => {
    const process = openProcess(newPrefix(), '');
    const id = await process.propose();
    await alter(process, id, { votes: [vote] });
    await expectRefused(process, id, 'vote-unrecorded');
  });
});
