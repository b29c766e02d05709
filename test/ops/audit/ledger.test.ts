import { describe, expect, it } from '@jest/globals';
import { mask } from '../../../src/masking/mask.ts';
import { createLedger } from '../../../src/ops/audit/ledger.ts';
import type { RedisClient } from '../../../src/ops/connect-redis.ts';
import { quietLogger } from '../../support/quiet-logger.ts';
import { redisForTest } from '../../support/redis-for-test.ts';

const { connect, newPrefix } = redisForTest();
const redis = connect();

/** Loses the answer to each script, as a client does that reconnects: it sends the script again. */
const losing = new Proxy(redis, {
  get: (target, name) => {
    if (name !== 'eval') return Reflect.get(target, name, target);
    return async (...args: Parameters<RedisClient['eval']>) => {
      await target.eval(...args);
      return target.eval(...args);
    };
  },
});

const entry = { action: 'a', actor: 'system', at: '2026-03-01T12:00:00.000Z' } as const;

describe('a commit whose answer was lost', () => {
  it.each([
    ['of a document and its record', true, entry, 1],
    ['of a document alone', true, undefined, 0],
    ['of a record alone', false, entry, 1],
  ])('%s is done once, and known to be done', async (_what, hasDocument, audited, records) => {
    const prefix = newPrefix();
    const ledger = createLedger({ redis: losing, prefix, logger: quietLogger() });
    const documents = hasDocument ? [{ key: `${prefix}:document`, expected: '', value: mask('text') }] : [];
    expect(await ledger.commit({ documents, entry: audited })).toBe('done');
    expect((await ledger.head()).seq).toBe(records);
    expect(await redis.xlen(`${prefix}:audit`)).toBe(records);
  });
});
