import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createMutes } from '../../../src/approvals/create-mutes.js';
import { createProposalStore } from '../../../src/approvals/store/create-proposal-store.js';
import { archiveAudit } from '../../../src/ops/audit/archive/archive-audit.js';
import { readArchives } from '../../../src/ops/audit/archive/archive-file.js';
import { readCheckpoints, takeCheckpoint } from '../../../src/ops/audit/audit-checkpoints.js';
import { createAuditLog } from '../../../src/ops/audit/audit-log.js';
import { checkpointKeys } from '../../../src/ops/audit/checkpoint-key.js';
import { createLedger } from '../../../src/ops/audit/ledger.js';
import { verifyAudit } from '../../../src/ops/audit/verify-audit.js';
import { verifyDocuments } from '../../../src/ops/audit/verify-documents.js';
import { quietLogger } from '../../support/quiet-logger.js';
import { redisForTest } from '../../support/redis-for-test.js';
import { sampleProposal } from '../../support/sample-proposal.js';

const { connect, newPrefix } = redisForTest();
const redis = connect();
const KEY = 'an audit key of some length';
const boss = { user: 'U0BOSS', team: 'T0HOME' };
const day = (n: number): Date => new Date(Date.UTC(2026, 0, n, 12));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'acknet-archive-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** A log with a record a day, from the first of January on. */
async function logOf(days: number, auditKey: string | undefined = KEY) {
  const prefix = newPrefix();
  const logger = quietLogger();
  const ledger = createLedger({ redis, prefix, auditKey, logger });
  const audit = createAuditLog(ledger);
  let today = days;
  const now = () => day(today);
  for (let n = 1; n <= days; n += 1)
    await audit.append({ action: `a${n}`, actor: boss, at: day(n).toISOString() });
  const options = { ledger, redis, prefix, now, logger };
  const file = (name: string) => path.join(folder, `${prefix}-${name}`);
  const verify = async (files: readonly string[] = [], withoutSecret = false) => {
    const archive = await readArchives(files);
    const known = (await readCheckpoints(redis, prefix)).flatMap((one) => one ?? []);
    const publicKeys = checkpointKeys(ledger.keyring).map(({ publicKey }) => publicKey);
    const chain = await verifyAudit(ledger, known, { publicKeys, withoutSecret, archive });
    return {
      ...chain,
      faults: [...chain.faults, ...(await verifyDocuments(ledger, { redis, prefix, archive }))],
    };
  };
  const seqs = async () => {
    const found: number[] = [];
    for await (const { seq } of ledger.records()) found.push(seq);
    return found;
  };
  const pass = (more: number) => {
    today += more;
  };
  return { ...options, audit, options, file, verify, seqs, pass };
}

describe('archived records', () => {
  it.each([
    ['by age', { before: day(4) }, 3],
    ['by number', { most: 4 }, 6],
    ['by whichever takes more', { before: day(3), most: 8 }, 2],
  ])('go to the file %s, and file and Redis are one whole chain', async (_, limits, upTo) => {
    const log = await logOf(10);
    const before = await log.verify();
    const file = log.file('one');
    expect(await archiveAudit(log.options, { file, ...limits })).toEqual({
      range: { from: 1, to: upTo },
      held: 0,
    });
    expect((await readArchives([file])).map(({ seq }) => seq)).toEqual(
      Array.from({ length: upTo }, (_none, n) => n + 1),
    );
    expect((await log.seqs())[0]).toBe(upTo + 1);
    // One record more: that of the archiving.
    expect(await log.verify([file])).toMatchObject({
      faults: [],
      records: before.records + 1,
      archivedUpTo: 0,
    });
    expect(await log.verify()).toMatchObject({ faults: [], archivedUpTo: upTo });
  });

  it('are proven by the signed checkpoints too, by who has no secret', async () => {
    const log = await logOf(10);
    const file = log.file('one');
    await archiveAudit(log.options, { file, most: 4 });
    for (const files of [[], [file]])
      expect(await log.verify(files, true)).toMatchObject({ faults: [], signedUpTo: 11 });
  });

  it('may be archived again and again, and checkpoints go on being signed', async () => {
    const log = await logOf(6);
    await archiveAudit(log.options, { file: log.file('one'), most: 3 });
    for (let n = 0; n < 6; n += 1)
      await log.audit.append({ action: 'more', actor: boss, at: log.now().toISOString() });
    await archiveAudit(log.options, { file: log.file('two'), most: 3 });
    expect((await takeCheckpoint(log.options)).signed).toBeDefined();
    for (const files of [[], [log.file('two')], [log.file('two'), log.file('one')]])
      expect((await log.verify(files)).faults).toEqual([]);
    // The first alone leaves a gap.
    expect((await log.verify([log.file('one')])).faults[0]).toMatchObject({ kind: 'missing', seq: 4 });
  });

  it.each<[string, (line: string, index: number) => string | undefined, string]>([
    ['altered', (line, index) => (index === 1 ? line.replace('"a2\\"', '"b2\\"') : line), 'altered'],
    ['removed', (line, index) => (index === 1 ? undefined : line), 'missing'],
    ['cut off', (line, index) => (index > 3 ? undefined : line), 'missing'],
  ])('show where one was %s in the file', async (_, change, kind) => {
    const log = await logOf(8);
    const file = log.file('one');
    await archiveAudit(log.options, { file, most: 3 });
    const lines = (await readFile(file, 'utf8')).trim().split('\n');
    await writeFile(file, lines.flatMap((line, index) => change(line, index) ?? []).join('\n'));
    expect((await log.verify([file])).faults[0]).toMatchObject({ kind });
    expect((await log.verify([file], true)).ok).toBe(false);
  });
});

describe('a log whose beginning is gone', () => {
  it('does not hold where nothing says that it was archived', async () => {
    const log = await logOf(8);
    await redis.xtrim(`${log.prefix}:audit`, 'MAXLEN', 4);
    expect((await log.verify()).faults).toMatchObject([{ kind: 'missing', seq: 1 }]);
  });

  it('does not hold where more is gone than was archived', async () => {
    const log = await logOf(8);
    await archiveAudit(log.options, { file: log.file('one'), most: 5 });
    await redis.xtrim(`${log.prefix}:audit`, 'MAXLEN', 3);
    expect((await log.verify()).faults[0]).toMatchObject({ kind: 'missing', seq: 1 });
  });

  it('does not hold by the word of who has no key', async () => {
    const log = await logOf(8);
    const [, , third] = await redis.xrange(`${log.prefix}:audit`, '-', '+');
    const hash = third?.[1][third[1].indexOf('hash') + 1] ?? '';
    const planted = createLedger({ redis, prefix: log.prefix, logger: log.logger });
    await redis.xtrim(`${log.prefix}:audit`, 'MAXLEN', 5);
    const archived = { seq: 3, hash, digest: 'made up' };
    await planted.commit({
      documents: [],
      entry: { action: 'archived', actor: 'system', at: log.now().toISOString(), archived },
    });
    expect((await log.verify()).faults).toMatchObject([{ kind: 'missing', seq: 1 }, { kind: 'unkeyed' }]);
    expect((await log.verify([], true)).signedUpTo).toBe(0);
  });
});

describe('what Redis still holds', () => {
  const storeOf = ({ prefix, ledger, now }: Awaited<ReturnType<typeof logOf>>) =>
    createProposalStore({ redis, prefix, ledger, now });

  it('keeps the records that prove a change, and all after them', async () => {
    const log = await logOf(5);
    const store = storeOf(log);
    const proposal = sampleProposal({ createdAt: log.now().toISOString() });
    await store.create(proposal);
    await store.vote(
      proposal.id,
      { ...boss, decision: 'approve', at: log.now().toISOString() },
      { quorum: 1 },
    );
    for (let n = 0; n < 5; n += 1)
      await log.audit.append({ action: 'more', actor: boss, at: log.now().toISOString() });
    expect(await archiveAudit(log.options, { file: log.file('one'), most: 1 })).toEqual({
      range: { from: 1, to: 5 },
      held: 6,
    });
    await store.proof(proposal.id)();
    expect((await log.verify()).faults).toEqual([]);
    expect((await log.verify([log.file('one')])).faults).toEqual([]);
  });

  it('is written anew where its record goes: mutes go on hiding what they hid', async () => {
    const log = await logOf(0);
    const mutes = createMutes({ prefix: log.prefix, ledger: log.ledger, now: log.now });
    const until = new Date(log.now().getTime() + 90 * 86_400_000);
    await mutes.add({ cluster: 'x', finding: 'a.b', reason: 'known', by: boss, until });
    log.pass(40);
    for (let n = 0; n < 3; n += 1)
      await log.audit.append({ action: 'more', actor: boss, at: log.now().toISOString() });
    expect(await archiveAudit(log.options, { file: log.file('one'), before: day(30) })).toMatchObject({
      range: { from: 1, to: 1 },
    });
    expect((await log.verify()).faults).toEqual([]);
    expect((await log.verify([log.file('one')])).faults).toEqual([]);
    expect(await mutes.active('x')).toMatchObject([{ finding: 'a.b' }]);
  });
});

describe('nothing is taken out of Redis', () => {
  it('where no record is old enough, and no file is made', async () => {
    const log = await logOf(3);
    expect(await archiveAudit(log.options, { file: log.file('one'), before: day(1) })).toEqual({ held: 0 });
    await expect(readFile(log.file('one'))).rejects.toThrow('ENOENT');
  });

  it('where the file is there already', async () => {
    const log = await logOf(5);
    await writeFile(log.file('one'), 'something');
    await expect(archiveAudit(log.options, { file: log.file('one'), most: 1 })).rejects.toMatchObject({
      code: 'usage.invalid',
    });
    expect(await log.seqs()).toHaveLength(5);
  });

  it('where the log does not hold', async () => {
    const log = await logOf(5);
    const [, second] = await redis.xrange(`${log.prefix}:audit`, '-', '+');
    await redis.xdel(`${log.prefix}:audit`, second?.[0] ?? '');
    await expect(archiveAudit(log.options, { file: log.file('one'), most: 1 })).rejects.toMatchObject({
      code: 'audit.unsound',
    });
    expect(await log.seqs()).toHaveLength(4);
  });
});
