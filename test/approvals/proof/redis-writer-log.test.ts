import { describe, expect, it } from '@jest/globals';
import { createClusterBindings } from '../../../src/approvals/create-cluster-bindings.ts';
import { createMutes } from '../../../src/approvals/create-mutes.ts';
import { linkAfter } from '../../../src/ops/audit/audit-chain.ts';
import { verifyDocuments } from '../../../src/ops/audit/verify-documents.ts';
import { sampleNow, sampleProposal, sampleStep } from '../../support/sample-proposal.ts';
import {
  alter,
  at,
  boss,
  expectRefused,
  keyOf,
  openProcess,
  type Process,
  photograph,
  redis,
  vote,
} from './open-process.ts';

const streamOf = ({ prefix }: Process): string => `${prefix}:audit`;

/** The fields of a record as the stream holds them. */
async function fieldsOf(process: Process, which: 'first' | 'last'): Promise<string[]> {
  const stream = streamOf(process);
  const [found] =
    which === 'first'
      ? await redis.xrange(stream, '-', '+', 'COUNT', 1)
      : await redis.xrevrange(stream, '+', '-', 'COUNT', 1);
  return found?.[1] ?? [];
}

/** A record that continues the chain, made without the key: its hash is the attacker's own. */
async function plantRecord(process: Process, entry: Parameters<typeof linkAfter>[1]): Promise<void> {
  const record = linkAfter(await process.ledger.head(), entry, 'a key of the attacker');
  const { seq, prev, algorithm, nonce, hash, entry: text } = record;
  const fields = { seq, prev, algorithm, nonce, hash, entry: text };
  await redis.xadd(streamOf(process), '*', ...Object.entries(fields).flat().map(String));
  await redis.hset(`${streamOf(process)}:head`, { hash, seq });
}

describe('who can write to Redis', () => {
  it('cannot make up a proposal by a planted record that it was proposed', async () => {
    const process = openProcess();
    await process.audit.append({ action: 'a', actor: 'system', at });
    const made = sampleProposal({ votes: [vote], state: 'approved', approvedAt: at });
    const about = { cluster: made.cluster, proposal: made.id, digest: made.digest, at };
    await plantRecord(process, { action: 'proposed', actor: 'system', to: 'proposed', ...about });
    await plantRecord(process, { action: 'vote.approve', actor: boss, to: 'approved', ...about });
    await redis.hset(keyOf(process, made.id), {
      rev: 'f'.repeat(64),
      value: JSON.stringify(made),
      seal: 'AAAA',
    });
    await redis.zadd(`${process.prefix}:proposals:open`, Date.parse(at), made.id);
    expect(await process.store.open()).toEqual([]);
    await expectRefused(process, made.id, 'altered');
  });

  it('cannot have a planted vote borne out by a planted record of it', async () => {
    const process = openProcess();
    const id = await process.propose();
    const about = { cluster: 'cluster-x', proposal: id, digest: 'd1', at };
    await plantRecord(process, { action: 'vote.approve', actor: boss, to: 'approved', ...about });
    await expectRefused(process, id, 'log-altered');
    await alter(process, id, { votes: [vote], state: 'approved', approvedAt: at });
    await expect(process.prove(id)).rejects.toMatchObject({ doubt: 'altered' });
  });

  it('cannot have a vote count again by a copy of its own record', async () => {
    const process = openProcess();
    const id = await process.approved();
    const fields = await fieldsOf(process, 'last');
    await process.store.move(id, { to: 'stale', by: 'system' });
    await redis.xadd(streamOf(process), '*', ...fields);
    await expectRefused(process, id, 'log-cut');
  });

  it.each<[string, string, (process: Process) => Promise<unknown>]>([
    ['all of the log', 'log-cut', (process) => redis.del(streamOf(process))],
    [
      'all of the log and its head, which this process remembers',
      'unrecorded',
      (process) => redis.del(streamOf(process), `${streamOf(process)}:head`),
    ],
    ['all but the last record', 'unrecorded', (process) => redis.xtrim(streamOf(process), 'MAXLEN', 1)],
    [
      'the record of the vote',
      'log-altered',
      async (process) => {
        await process.audit.append({ action: 'a', actor: 'system', at });
        const ids = (await redis.xrange(streamOf(process), '-', '+')).map(([entry]) => entry);
        await redis.xdel(streamOf(process), ids[1] ?? '');
      },
    ],
  ])('cannot take away %s', async (_what, doubt, attack) => {
    const process = openProcess();
    const id = await process.approved();
    await attack(process);
    await expectRefused(process, id, doubt);
  });

  it('cannot use what another acknet sealed under another prefix', async () => {
    const process = openProcess();
    const other = openProcess();
    const id = await other.approved();
    await redis.copy(keyOf(other, id), keyOf(process, id));
    await expectRefused(process, id, 'altered');
  });

  it('cannot use what another acknet with the same key and prefix sealed: this log does not know it', async () => {
    const process = openProcess();
    const id = await process.approved();
    const restore = await photograph(process, id);
    await redis.del(keyOf(process, id), streamOf(process), `${streamOf(process)}:head`);
    const elsewhere = openProcess(process.prefix);
    await elsewhere.propose();
    await restore();
    await expectRefused(elsewhere, id, 'unrecorded');
  });

  it('cannot take a step back that a change has taken', async () => {
    const process = openProcess();
    const { store } = process;
    const id = await process.approved();
    await store.move(id, { to: 'applying', by: 'system' });
    await store.recordStep(id, sampleStep({ id: 'a', title: 'Write', state: 'started' }));
    const restore = await photograph(process, id);
    await store.recordStep(id, sampleStep({ id: 'a', title: 'Write', state: 'done' }));
    await restore();
    await expectRefused(process, id, 'replayed');
  });
});

describe('mutes and the names of clusters', () => {
  const now = () => sampleNow;
  const mutesOf = ({ prefix, ledger, distrust }: Process) =>
    createMutes({ prefix, ledger, now, onUnverified: distrust.reportMutes });
  const faultsOf = ({ ledger, prefix }: Process) => verifyDocuments(ledger, { redis, prefix });

  async function muted(process: Process): Promise<string> {
    const mutes = mutesOf(process);
    await mutes.add({ cluster: 'cluster-x', finding: 'a.bad', reason: 'known', by: boss });
    return `${process.prefix}:mutes:cluster-x`;
  }

  it.each<[string, (key: string) => Promise<unknown>]>([
    [
      'altered',
      async (key) =>
        redis.hset(key, 'value', (await redis.hget(key, 'value'))?.replace('a.bad', 'b.bad') ?? ''),
    ],
    ['planted', (key) => redis.hset(key, 'seal', '')],
    ['moved from another cluster', (key) => redis.rename(key, key.replace('cluster-x', 'cluster-z'))],
  ])('that were %s hide nothing', async (_what, attack) => {
    const process = openProcess();
    await attack(await muted(process));
    for (const cluster of ['cluster-x', 'cluster-z'])
      expect(await mutesOf(process).active(cluster)).toEqual([]);
    expect(await faultsOf(process)).toMatchObject([{ kind: 'disagrees' }]);
  });

  it('that were taken away and are put back are found by `audit verify`', async () => {
    const process = openProcess();
    const key = await muted(process);
    const image = await redis.dumpBuffer(key);
    await mutesOf(process).remove('cluster-x', 'a.bad', boss);
    expect(await faultsOf(process)).toEqual([]);
    await redis.restore(key, 0, image, 'REPLACE');
    expect(await faultsOf(process)).toMatchObject([{ detail: expect.stringContaining('an older text') }]);
  });

  it('whose removal had a name stand for another cluster are found by `audit verify`', async () => {
    const process = openProcess();
    const bindings = createClusterBindings({ ledger: process.ledger, prefix: process.prefix, now });
    await bindings.bind('cluster-x', 'uid-1');
    expect(await bindings.bind('cluster-x', 'uid-2')).toBe('uid-1');
    expect(await faultsOf(process)).toEqual([]);
    await redis.del(`${process.prefix}:cluster:cluster-x`);
    expect(await bindings.bind('cluster-x', 'uid-2')).toBe('uid-2');
    expect(await faultsOf(process)).toMatchObject([
      { detail: expect.stringContaining('removed from Redis') },
    ]);
  });
});
