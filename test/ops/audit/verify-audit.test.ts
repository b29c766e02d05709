import { describe, expect, it } from '@jest/globals';
import { readCheckpoints, takeCheckpoint } from '../../../src/ops/audit/audit-checkpoints.ts';
import { createAuditLog } from '../../../src/ops/audit/audit-log.ts';
import { checkpointKeys } from '../../../src/ops/audit/checkpoint-key.ts';
import { createLedger } from '../../../src/ops/audit/ledger.ts';
import { startCheckpoints } from '../../../src/ops/audit/start-checkpoints.ts';
import { verifyAudit } from '../../../src/ops/audit/verify-audit.ts';
import { quietLogger } from '../../support/quiet-logger.ts';
import { redisForTest } from '../../support/redis-for-test.ts';
import { waitFor } from '../../support/wait-for.ts';

const { connect, newPrefix } = redisForTest();
const redis = connect();
const KEY = 'an audit key of some length';
const now = () => new Date('2026-03-01T12:00:00.000Z');

async function chainOf(records: number, auditKey: string | undefined = KEY) {
  const prefix = newPrefix();
  const logger = quietLogger();
  const ledger = createLedger({ redis, prefix, auditKey, logger });
  const audit = createAuditLog(ledger);
  const add = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, n) => ({
      action: `action-${from + n}`,
      actor: { user: 'U0BOSS', team: 'T0HOME' },
      at: now().toISOString(),
      cluster: 'cluster-x',
      detail: `detail ${from + n}`,
    })).reduce((before, entry) => before.then(() => audit.append(entry)), Promise.resolve());
  await add(0, records);
  const stream = `${prefix}:audit`;
  const ids = (await redis.xrange(stream, '-', '+')).map(([id]) => id);
  return { prefix, logger, ledger, audit, add, stream, ids, options: { ledger, redis, prefix, now, logger } };
}

type Chain = Awaited<ReturnType<typeof chainOf>>;

/** Writes the stream anew with one record changed, as someone with access to Redis could. */
async function rewrite(
  { stream }: Chain,
  change: (fields: Record<string, string>, index: number) => Record<string, string> | undefined,
): Promise<void> {
  const records = await redis.xrange(stream, '-', '+');
  await redis.del(stream);
  for (const [index, [id, flat]] of records.entries()) {
    const fields = Object.fromEntries(
      flat.flatMap((name, at) => (at % 2 === 0 ? [[name, flat[at + 1] ?? '']] : [])),
    );
    const changed = change(fields, index);
    if (changed) await redis.xadd(stream, id, ...Object.entries(changed).flat());
  }
}

describe('a chain nobody touched', () => {
  it('holds, and is keyed', async () => {
    const { ledger } = await chainOf(5);
    expect(await verifyAudit(ledger, [])).toMatchObject({ ok: true, records: 5, keyed: 5, faults: [] });
  });

  it('holds when empty', async () => {
    expect(await verifyAudit((await chainOf(0)).ledger, [])).toMatchObject({ ok: true, records: 0 });
  });

  it('holds over many pages', async () => {
    const chain = await chainOf(0);
    const entries = Array.from({ length: 1203 }, (_, n) => ({
      action: `a${n}`,
      actor: 'system' as const,
      at: '',
    }));
    for (const entry of entries) await chain.audit.append(entry);
    expect(await verifyAudit(chain.ledger, [])).toMatchObject({ ok: true, records: 1203 });
  });

  it('says that unkeyed records are unkeyed', async () => {
    const unkeyed = createLedger({ redis, prefix: newPrefix(), logger: quietLogger() });
    await createAuditLog(unkeyed).append({ action: 'a', actor: 'system', at: '' });
    expect(await verifyAudit(unkeyed, [])).toMatchObject({ ok: true, records: 1, keyed: 0 });
  });
});

describe('tampering', () => {
  it.each(['entry', 'prev', 'hash', 'seq', 'algorithm', 'nonce'] as const)(
    'with the field %s of any record shows',
    async (field) => {
      for (const target of [0, 2, 4]) {
        const chain = await chainOf(5);
        await rewrite(chain, (fields, index) =>
          index === target ? { ...fields, [field]: mutate(fields[field] ?? '') } : fields,
        );
        expect(await verifyAudit(chain.ledger, [])).toMatchObject({ ok: false });
      }
    },
  );

  it('with any single character of an entry shows', async () => {
    const chain = await chainOf(1);
    const [[, flat] = ['', []]] = await redis.xrange(chain.stream, '-', '+');
    const entry = flat[flat.indexOf('entry') + 1] ?? '';
    for (let at = 0; at < entry.length; at += 7) {
      const altered = entry.slice(0, at) + (entry[at] === 'x' ? 'y' : 'x') + entry.slice(at + 1);
      await rewrite(chain, (fields) => ({ ...fields, entry: altered }));
      expect((await verifyAudit(chain.ledger, [])).faults).toMatchObject([{ kind: 'altered', seq: 1 }]);
    }
  });

  it.each([
    ['first', 0],
    ['middle', 2],
  ])('by removing the %s record shows as missing', async (_which, index) => {
    const chain = await chainOf(5);
    await redis.xdel(chain.stream, chain.ids[index] ?? '');
    expect((await verifyAudit(chain.ledger, [])).faults).toMatchObject([{ kind: 'missing', seq: index + 1 }]);
  });

  it('by cutting off the end shows against the head', async () => {
    const chain = await chainOf(5);
    await redis.xdel(chain.stream, ...chain.ids.slice(3));
    expect((await verifyAudit(chain.ledger, [])).faults).toMatchObject([{ kind: 'cut-off', seq: 4 }]);
  });

  it('by cutting off the end and setting the head back shows against a checkpoint kept elsewhere', async () => {
    const chain = await chainOf(5);
    const checkpoint = await takeCheckpoint(chain.options);
    const [, third = ['', []]] = (await redis.xrange(chain.stream, '-', '+')).slice(1, 3);
    await redis.xdel(chain.stream, ...chain.ids.slice(3));
    await redis.hset(
      `${chain.prefix}:audit:head`,
      'seq',
      3,
      'hash',
      third[1][third[1].indexOf('hash') + 1] ?? '',
    );
    expect(await verifyAudit(chain.ledger, [])).toMatchObject({ ok: true, records: 3 });
    expect((await verifyAudit(chain.ledger, [checkpoint])).faults).toMatchObject([
      { kind: 'cut-off', seq: 4, detail: expect.stringContaining('checkpoint of 2026-03-01') },
    ]);
    const stored = (await readCheckpoints(redis, chain.prefix)).filter((one) => one !== undefined);
    expect(await verifyAudit(chain.ledger, stored)).toMatchObject({ ok: false });
  });

  it('by writing other records after a cut shows against a checkpoint', async () => {
    const chain = await chainOf(5);
    const checkpoint = await takeCheckpoint(chain.options);
    const third = (await redis.xrange(chain.stream, '-', '+'))[2];
    await redis.xdel(chain.stream, ...chain.ids.slice(3));
    await redis.hset(
      `${chain.prefix}:audit:head`,
      'seq',
      3,
      'hash',
      third?.[1][third[1].indexOf('hash') + 1] ?? '',
    );
    await chain.add(10, 13);
    expect((await verifyAudit(chain.ledger, [checkpoint])).faults).toMatchObject([
      { kind: 'altered', seq: 5 },
    ]);
  });

  it('by forging the chain without the key shows', async () => {
    const chain = await chainOf(3);
    await redis.del(chain.stream, `${chain.prefix}:audit:head`);
    const forged = createLedger({ redis, prefix: chain.prefix, auditKey: 'guessed', logger: quietLogger() });
    for (let n = 0; n < 3; n += 1)
      await createAuditLog(forged).append({ action: 'nice', actor: 'system', at: '' });
    expect(await verifyAudit(chain.ledger, [])).toMatchObject({ ok: false });
  });

  it('by going on without the key shows', async () => {
    const chain = await chainOf(3);
    const unkeyed = createLedger({ redis, prefix: chain.prefix, logger: quietLogger() });
    await createAuditLog(unkeyed).append({ action: 'nice', actor: 'system', at: '' });
    expect((await verifyAudit(chain.ledger, [])).faults).toMatchObject([{ kind: 'unkeyed', seq: 4 }]);
  });
});

describe('checkpoints', () => {
  const publicKeysOf = ({ ledger }: Chain) =>
    checkpointKeys(ledger.keyring).map(({ publicKey }) => publicKey);
  const notSigned = ({ logger }: Chain) =>
    logger.lines.filter(({ level, message }) => level === 'error' && message.includes('not signed'));

  it('are signed over every record up to there, from one to the next', async () => {
    const chain = await chainOf(3);
    const first = await takeCheckpoint(chain.options);
    await chain.add(3, 5);
    const second = await takeCheckpoint(chain.options);
    const looking = { publicKeys: publicKeysOf(chain), withoutSecret: true };
    expect(await verifyAudit(chain.ledger, [first, second], looking)).toMatchObject({
      ok: true,
      signedUpTo: 5,
    });
    await redis.del(`${chain.prefix}:audit:checkpoints`);
    const anew = await takeCheckpoint(chain.options);
    expect(anew.signed).toEqual(second.signed);
  });

  it.each<[string, (chain: Chain) => Promise<unknown>]>([
    [
      'a record was altered',
      (chain) => rewrite(chain, (fields, index) => (index === 1 ? { ...fields, entry: '{}' } : fields)),
    ],
    ['a record was removed', (chain) => redis.xdel(chain.stream, chain.ids[1] ?? '')],
    ['the beginning was removed', (chain) => redis.xdel(chain.stream, chain.ids[0] ?? '')],
    ['the end was cut off', (chain) => redis.xdel(chain.stream, chain.ids.at(-1) ?? '')],
    ['all of it was removed', (chain) => redis.del(chain.stream, `${chain.stream}:head`)],
    [
      'someone went on without the key',
      ({ prefix }) =>
        createAuditLog(createLedger({ redis, prefix, logger: quietLogger() })).append({
          ...{ action: 'nice', actor: 'system', at: '' },
        }),
    ],
  ])('are not signed where %s, and the log says so', async (_what, attack) => {
    const chain = await chainOf(5);
    await attack(chain);
    expect((await takeCheckpoint(chain.options)).signed).toBeUndefined();
    expect(notSigned(chain)).toHaveLength(1);
  });

  it('are not signed by a process that has seen more signed than Redis holds', async () => {
    const chain = await chainOf(5);
    const signed = await takeCheckpoint(chain.options);
    await rewrite(chain, () => undefined);
    await redis.del(`${chain.stream}:head`, `${chain.stream}:checkpoints`);
    const ledger = createLedger({ redis, prefix: chain.prefix, auditKey: KEY, logger: quietLogger() });
    expect((await takeCheckpoint({ ...chain.options, ledger }, signed)).signed).toBeUndefined();
    expect(notSigned(chain)).toHaveLength(1);
  });

  it('are signed with the newest key, and those of an old one still verify', async () => {
    const chain = await chainOf(3);
    const old = await takeCheckpoint(chain.options);
    const auditKey = `a newer key of some length,${KEY}`;
    const ledger = createLedger({ redis, prefix: chain.prefix, auditKey, logger: quietLogger() });
    await createAuditLog(ledger).append({ action: 'later', actor: 'system', at: '' });
    const signed = await takeCheckpoint({ ...chain.options, ledger });
    expect(signed.signed?.publicKey).not.toBe(old.signed?.publicKey);
    const publicKeys = checkpointKeys(ledger.keyring).map(({ publicKey }) => publicKey);
    expect(await verifyAudit(ledger, [old, signed], { publicKeys })).toMatchObject({
      ok: true,
      signedUpTo: 4,
    });
  });

  it('over records from before there was a key are signed once a keyed one ends the chain', async () => {
    const chain = await chainOf(2, '');
    const ledger = createLedger({ redis, prefix: chain.prefix, auditKey: KEY, logger: quietLogger() });
    expect((await takeCheckpoint({ ...chain.options, ledger })).signed).toBeUndefined();
    await createAuditLog(ledger).append({ action: 'keyed', actor: 'system', at: '' });
    expect((await takeCheckpoint({ ...chain.options, ledger })).signed).toBeDefined();
  });

  it('from before they were signed still show a cut end', async () => {
    const chain = await chainOf(5);
    const { seq, hash, at } = await takeCheckpoint(chain.options);
    expect(await verifyAudit(chain.ledger, [{ seq, hash, at }])).toMatchObject({ ok: true });
    await redis.xdel(chain.stream, chain.ids.at(-1) ?? '');
    await redis.hset(`${chain.stream}:head`, 'seq', 4);
    expect((await verifyAudit(chain.ledger, [{ seq, hash, at }])).faults).toContainEqual(
      expect.objectContaining({ kind: 'cut-off', seq: 5 }),
    );
  });

  it('are logged at the start, at each interval and at the end', async () => {
    const chain = await chainOf(2);
    const checkpoints = () => chain.logger.lines.filter(({ message }) => message === 'audit checkpoint');
    const started = await startCheckpoints({ ...chain.options, everyMs: 20 });
    expect(checkpoints()).toHaveLength(1);
    await waitFor('two more', () => checkpoints().length >= 3);
    await chain.add(2, 3);
    await started.stop();
    expect(checkpoints()[0]?.data).toMatchObject({ checkpoint: { seq: 2 } });
    expect(checkpoints().at(-1)?.data).toMatchObject({ checkpoint: await chain.ledger.head() });
  });
});

describe('each record', () => {
  it('is a log line too, with its place in the chain, and its detail is redacted', async () => {
    const { logger, audit, ledger } = await chainOf(0);
    await audit.append({ action: 'step.failed', actor: 'system', at: 'now', detail: 'token: abcdefghijkl' });
    expect(logger.lines).toMatchObject([
      {
        level: 'info',
        message: 'audit',
        data: { audit: { action: 'step.failed', ...(await ledger.head()) } },
      },
    ]);
    expect((await audit.read({}))[0]?.detail).not.toContain('abcdefghijkl');
  });

  it('is read back by cluster and time', async () => {
    const { audit } = await chainOf(0);
    const entry = (action: string, cluster: string, at: string) => ({
      action,
      actor: 'system' as const,
      cluster,
      at,
    });
    await audit.append(entry('old', 'cluster-x', '2026-03-01T10:00:00.000Z'));
    await audit.append(entry('new', 'cluster-x', '2026-03-01T12:00:00.000Z'));
    await audit.append(entry('other', 'cluster-y', '2026-03-01T12:00:00.000Z'));
    const actions = async (filter: { cluster?: string; since?: string }) =>
      (await audit.read(filter)).map(({ action }) => action);
    expect(await actions({})).toEqual(['old', 'new', 'other']);
    expect(await actions({ cluster: 'cluster-x' })).toEqual(['old', 'new']);
    expect(await actions({ since: '2026-03-01T11:00:00Z' })).toEqual(['new', 'other']);
  });
});

const mutate = (text: string): string => {
  if (text === 'hmac-sha256') return 'sha256';
  const first = text[0] ?? '';
  return `${first === '1' ? '2' : '1'}${text.slice(1)}`;
};
