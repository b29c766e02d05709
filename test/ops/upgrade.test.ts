import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { type PrivateRedis, startPrivateRedis } from '../../sandbox/redis/start-private-redis.js';
import { createClusterBindings } from '../../src/approvals/create-cluster-bindings.js';
import { createMutes } from '../../src/approvals/create-mutes.js';
import { createProposalStore } from '../../src/approvals/store/create-proposal-store.js';
import { createRunStore } from '../../src/jobs/check/create-run-store.js';
import { readCheckpoints, takeCheckpoint } from '../../src/ops/audit/audit-checkpoints.js';
import { checkpointKeys } from '../../src/ops/audit/checkpoint-key.js';
import { createLedger } from '../../src/ops/audit/ledger.js';
import { verifyAudit } from '../../src/ops/audit/verify-audit.js';
import { verifyDocuments } from '../../src/ops/audit/verify-documents.js';
import { createExchangeStore } from '../../src/slack/questions/exchange-store.js';
import { createQuestionRecords } from '../../src/slack/questions/records/question-records.js';
import { quietLogger } from '../support/quiet-logger.js';

/** Every seal is bound to the place of its key, so this cannot be a prefix of the test's own. */
const prefix = '{acknet}';
const KEY = 'a key for tests only';

interface Kept {
  readonly version: string;
  /** When its last undo was open. */
  readonly at: string;
  /** The cluster that was checked last. */
  readonly cluster: string;
  /** Of all clusters, the newest first. */
  readonly fixes: readonly (readonly [string, string])[];
}

/**
 * What releases kept in Redis, as it stood: a check, a fix that was approved and worked, its undo still open, a mute, and
 * two questions. 0.2.0 had gone on with what 0.1.0 had kept, so what is read of it has two upgrades behind it. Redis' own
 * DUMP of each key, so of Redis 7; `npm run test:rollback` goes the other way.
 */
const kept: readonly Kept[] = [
  {
    ...{ version: '0.1.0', at: '2026-11-30T03:00:00.000Z', cluster: 'cluster-x' },
    fixes: [
      ['cluster-x', 'proposed'],
      ['cluster-x', 'fixed'],
    ],
  },
  {
    ...{ version: '0.2.0', at: '2026-11-30T12:40:00.000Z', cluster: 'cluster-y' },
    fixes: [
      ['cluster-y', 'proposed'],
      ['cluster-y', 'fixed'],
      ['cluster-x', 'proposed'],
      ['cluster-x', 'fixed'],
    ],
  },
];

describe.each(kept)('what $version kept', ({ version, at, cluster, fixes }) => {
  const stored = JSON.parse(readFileSync(`test/fixtures/stored/${version}.json`, 'utf8')) as {
    readonly keys: Readonly<Record<string, string>>;
  };
  const now = () => new Date(at);
  let server: PrivateRedis;
  let redis: Redis;
  beforeAll(async () => {
    server = await startPrivateRedis();
    redis = new Redis(server.url);
    for (const [key, dump] of Object.entries(stored.keys))
      await redis.restore(key, 0, Buffer.from(dump, 'base64'));
  });
  afterAll(async () => {
    redis.disconnect();
    await server.close();
  });

  const unreadable: string[] = [];
  const onUnreadable = (id: string) => void unreadable.push(id);
  const ledgerOf = () => createLedger({ redis, prefix, auditKey: KEY, logger: quietLogger() });
  const storeOf = (ledger = ledgerOf()) => createProposalStore({ redis, prefix, ledger, now, onUnreadable });

  async function faults() {
    const ledger = ledgerOf();
    const known = (await readCheckpoints(redis, prefix)).flatMap((one) => one ?? []);
    const publicKeys = checkpointKeys(ledger.keyring).map(({ publicKey }) => publicKey);
    const { faults: found, records } = await verifyAudit(ledger, known, { publicKeys });
    expect(records).toBeGreaterThan(10);
    return [...found, ...(await verifyDocuments(ledger, { redis, prefix }))];
  }

  it('is a whole audit log, borne out by its documents', async () => {
    expect(await faults()).toEqual([]);
  });

  it('is read: the fixes that worked, and the undo that waits', async () => {
    const clusters = [...new Set(fixes.map(([name]) => name))];
    const histories = await Promise.all(clusters.map((name) => storeOf().history(name, 10)));
    const history = histories.flat();
    expect(history.map(({ cluster: name, state }) => [name, state])).toEqual(fixes);
    expect(new Set(history.map(({ remediation }) => remediation))).toEqual(
      new Set(['add-flannel-cni-version']),
    );
    expect(history[0]?.undoes).toBe(history[1]?.id);
  });

  it('is read: the results, the mute, the bound name, the questions', async () => {
    const runs = createRunStore({ redis, prefix, onUnreadable });
    const last = await runs.last(cluster);
    expect(last?.run.checks.length).toBeGreaterThan(30);
    const mutes = createMutes({ prefix, ledger: ledgerOf(), now, onUnreadable });
    expect(await mutes.active(cluster)).toMatchObject([
      { finding: 'flannel-version.leaky', reason: 'known and planned' },
    ]);
    const bindings = createClusterBindings({ ledger: ledgerOf(), prefix, now });
    expect(await bindings.of(cluster)).toMatch(/^[0-9a-f-]{36}$/);
    const questions = await createQuestionRecords(redis, prefix).list(['unplaced']);
    expect(questions[0]).toMatchObject({ question: expect.stringContaining('printer') });
    const asked = Object.keys(stored.keys).filter((key) => key.includes(':exchange:'));
    expect(asked.length).toBeGreaterThan(1);
    const exchanges = createExchangeStore(redis, prefix);
    for (const key of asked)
      expect(await exchanges.get(key.slice(`${prefix}:exchange:`.length))).toMatchObject({
        channel: 'C0OPS',
      });
    expect(unreadable).toEqual([]);
  });

  it('goes on: the open card is approved and applied, and the log stays whole', async () => {
    const ledger = ledgerOf();
    const store = storeOf(ledger);
    const [undo] = await store.open(cluster);
    const id = undo?.id ?? '';
    await store.proof(id)();
    const vote = { user: 'U0BO', team: 'T0HOME', decision: 'approve', at } as const;
    await store.vote(id, vote, { quorum: 1 });
    await store.move(id, { to: 'applying', by: 'system' });
    await store.proof(id)();
    expect(
      (await takeCheckpoint({ ledger, redis, prefix, now, logger: quietLogger() })).signed,
    ).toBeDefined();
    expect(await faults()).toEqual([]);
  });
});
