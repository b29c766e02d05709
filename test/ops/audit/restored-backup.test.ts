import { describe, expect, it } from '@jest/globals';
import {
  type Checkpoint,
  readCheckpoints,
  takeCheckpoint,
} from '../../../src/ops/audit/audit-checkpoints.ts';
import { createAuditLog } from '../../../src/ops/audit/audit-log.ts';
import { checkpointKeys } from '../../../src/ops/audit/checkpoint-key.ts';
import { createLedger } from '../../../src/ops/audit/ledger.ts';
import { verifyAudit } from '../../../src/ops/audit/verify-audit.ts';
import { quietLogger } from '../../support/quiet-logger.ts';
import { redisForTest } from '../../support/redis-for-test.ts';

const { connect, newPrefix } = redisForTest();
const redis = connect();
const now = () => new Date('2026-03-01T12:00:00.000Z');

function start(prefix: string) {
  const logger = quietLogger();
  const ledger = createLedger({ redis, prefix, auditKey: 'a key for tests only', logger });
  const audit = createAuditLog(ledger);
  const add = (action: string) => audit.append({ action, actor: 'system', at: now().toISOString() });
  // As `startCheckpoints` does, the last one is remembered.
  let last: Checkpoint | undefined;
  const checkpoint = async () => {
    last = await takeCheckpoint({ ledger, redis, prefix, now, logger }, last);
    return last;
  };
  const said = (message: string) => logger.lines.filter((line) => line.message === message);
  return { ledger, add, checkpoint, said };
}

/** A process that kept running over a Redis that came back as it was two records earlier, and one that starts now. */
async function restored() {
  const prefix = newPrefix();
  const running = start(prefix);
  for (const action of ['a', 'b']) await running.add(action);
  await running.checkpoint();
  const keys = await redis.keys(`${prefix}:*`);
  const backup = await Promise.all(keys.map((key) => redis.dumpBuffer(key)));
  for (const action of ['c', 'd']) await running.add(action);
  const younger = await running.checkpoint();
  await redis.del(...(await redis.keys(`${prefix}:*`)));
  for (const [index, key] of keys.entries()) await redis.restore(key, 0, backup[index] ?? '');
  return { prefix, running, younger, started: start(prefix) };
}

describe('a backup of Redis that was restored', () => {
  it('looks whole to a process that starts afterwards, by all that Redis holds', async () => {
    const { prefix, started } = await restored();
    const kept = (await readCheckpoints(redis, prefix)).filter((checkpoint) => checkpoint !== undefined);
    expect(kept).toHaveLength(1);
    expect(await verifyAudit(started.ledger, kept)).toMatchObject({ ok: true, records: 2 });
  });

  it.each([false, true])(
    'shows by a younger checkpoint kept elsewhere, without the secret: %s',
    async (outsider) => {
      const { started, younger } = await restored();
      const publicKeys = checkpointKeys(started.ledger.keyring).map(({ publicKey }) => publicKey);
      const verdict = await verifyAudit(started.ledger, [younger], { publicKeys, withoutSecret: outsider });
      expect(verdict).toMatchObject({ ok: false, faults: [{ kind: 'cut-off', seq: 3 }] });
    },
  );

  it('is noticed by a process that kept running, which says so and signs no further checkpoint', async () => {
    const { running } = await restored();
    await running.add('e');
    expect(running.said('the audit log is shorter than this process has seen it')).toHaveLength(1);
    expect((await running.checkpoint()).signed).toBeUndefined();
    const unsigned = 'audit checkpoint not signed: the chain does not hold, run acknet audit verify';
    expect(running.said(unsigned)).toHaveLength(1);
  });
});
