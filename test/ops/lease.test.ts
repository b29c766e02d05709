import { describe, expect, it } from '@jest/globals';
import { createClusterLock } from '../../src/approvals/create-cluster-lock.ts';
import type { HeldLock } from '../../src/proposals/ports.ts';
import { takeLease } from '../../src/ops/lease.ts';
import { redisForTest } from '../support/redis-for-test.ts';
import { waitFor } from '../support/wait-for.ts';

const { connect, newPrefix } = redisForTest();
const redis = connect();

const held = async (lock: Promise<HeldLock | undefined>): Promise<HeldLock> => {
  const got = await lock;
  if (!got) throw new Error('the lock is held elsewhere');
  return got;
};

describe('the lock of a cluster', () => {
  it('has one holder at a time, per cluster', async () => {
    const lock = createClusterLock({ redis, prefix: newPrefix(), leaseMs: 5000 });
    const all = await Promise.all(Array.from({ length: 10 }, (_, n) => lock.acquire('cluster-x', `h${n}`)));
    const holders = all.filter((one) => one !== undefined);
    expect(holders).toHaveLength(1);
    const other = await held(lock.acquire('cluster-y', 'h'));
    await Promise.all([...holders, other].map((one) => one.release()));
    await (await held(lock.acquire('cluster-x', 'next'))).release();
  });

  it('gives each holder a greater token than the one before, also the same one again', async () => {
    const lock = createClusterLock({ redis, prefix: newPrefix(), leaseMs: 5000 });
    const tokens: number[] = [];
    for (let n = 0; n < 3; n += 1) {
      const one = await held(lock.acquire('cluster-x', 'same'));
      tokens.push(one.token);
      await one.release();
    }
    expect(tokens).toEqual([...new Set(tokens)].sort((a, b) => a - b));
  });

  it('is renewed for as long as it is held', async () => {
    const prefix = newPrefix();
    const lock = createClusterLock({ redis, prefix, leaseMs: 150 });
    const one = await held(lock.acquire('cluster-x', 'h1'));
    const key = `${prefix}:lock:cluster-x`;
    let low = Number.POSITIVE_INFINITY;
    // Its time left rises again only when it is renewed.
    for (let renewals = 0; renewals < 3; ) {
      const left = await redis.pttl(key);
      if (left > low + 20) renewals += 1;
      low = left > low + 20 ? left : Math.min(low, left);
    }
    expect(await lock.acquire('cluster-x', 'h2')).toBeUndefined();
    expect(one.lost.aborted).toBe(false);
    await one.release();
    expect(await redis.exists(key)).toBe(0);
  });

  it.each<[string, (key: string) => Promise<unknown>]>([
    ['no end', (key) => redis.set(key, '1 nobody')],
    ['an end in years', (key) => redis.set(key, '1 nobody', 'EX', 10 * 365 * 86_400)],
    ['another kind', (key) => redis.sadd(key, 'nobody')],
  ])('is not held for ever by a claim of %s, as who can write to Redis may plant', async (_what, plant) => {
    const prefix = newPrefix();
    const lock = createClusterLock({ redis, prefix, leaseMs: 100 });
    await plant(`${prefix}:lock:cluster-x`);
    expect(await lock.acquire('cluster-x', 'h1')).toBeUndefined();
    const one = await waitFor('the claim to end', () => lock.acquire('cluster-x', 'h1'));
    await one.release();
  });

  it('goes to another when its holder is gone, and never back', async () => {
    const prefix = newPrefix();
    const dying = connect();
    const first = await held(
      createClusterLock({ redis: dying, prefix, leaseMs: 150 }).acquire('cluster-x', 'h1'),
    );
    dying.disconnect();
    const lock = createClusterLock({ redis, prefix, leaseMs: 5000 });
    const second = await waitFor('the lock is free', () => lock.acquire('cluster-x', 'h2'));
    expect(first.lost.aborted).toBe(true);
    expect(second.token).toBeGreaterThan(first.token);
    await expect(first.release()).rejects.toMatchObject({ code: 'redis.unavailable' });
    expect(await lock.acquire('cluster-x', 'h3')).toBeUndefined();
    await second.release();
  });

  it('tells a holder whose place was taken, and a late release frees nothing', async () => {
    const prefix = newPrefix();
    const lock = createClusterLock({ redis, prefix, leaseMs: 300 });
    const first = await held(lock.acquire('cluster-x', 'h1'));
    await redis.set(`${prefix}:lock:cluster-x`, '999 intruder', 'PX', 5000);
    await waitFor('the first holder notices', () => first.lost.aborted);
    await first.release();
    expect(await redis.get(`${prefix}:lock:cluster-x`)).toBe('999 intruder');
  });
});

describe('a note left with a lease', () => {
  it.each([undefined, 'done'])(
    'is left where nothing stands, and what stood is told: unless %s',
    async (unlessDone) => {
      const prefix = newPrefix();
      const request = (value: string) => ({
        ...{ key: `${prefix}:doing`, counter: `${prefix}:token`, holder: 'h', leaseMs: 5000 },
        unlessDone: unlessDone && `${prefix}:${unlessDone}`,
        note: { key: `${prefix}:note`, value, keepSeconds: 60 },
      });
      const first = await takeLease(redis, request('one'));
      if (first === 'done' || first === undefined) throw new Error('it was not done');
      expect([first.found, await redis.get(`${prefix}:note`)]).toEqual([null, 'one']);
      await first.release();
      const second = await takeLease(redis, request('two'));
      if (second === 'done' || second === undefined) throw new Error('it was not done');
      expect([second.found, await redis.get(`${prefix}:note`)]).toEqual(['one', 'one']);
      await second.release({ key: `${prefix}:note`, value: 'ended', keepSeconds: 60 });
      expect(await redis.get(`${prefix}:note`)).toBe('ended');
    },
  );
});

describe('a lease on something that is done once', () => {
  const request = (prefix: string) => ({
    ...{ key: `${prefix}:doing`, counter: `${prefix}:token`, holder: 'h' },
    ...{ leaseMs: 5000, unlessDone: `${prefix}:done` },
  });
  const mark = (prefix: string) => ({ key: `${prefix}:done`, keepSeconds: 60 });

  it('is not given again once it ended with the mark, and is given again where it ended without', async () => {
    const prefix = newPrefix();
    const failed = await takeLease(redis, request(prefix));
    expect(await takeLease(redis, request(prefix))).toBeUndefined();
    await held(Promise.resolve(failed === 'done' ? undefined : failed)).then((one) => one.release());
    const again = await takeLease(redis, request(prefix));
    if (again === 'done' || again === undefined) throw new Error('it was not done');
    await again.release(mark(prefix));
    expect(await takeLease(redis, request(prefix))).toBe('done');
    expect(await redis.ttl(`${prefix}:done`)).toBeGreaterThan(50);
  });

  it('leaves the mark also where somebody else holds the lease by now, and leaves that one alone', async () => {
    const prefix = newPrefix();
    const late = await takeLease(redis, request(prefix));
    if (late === 'done' || late === undefined) throw new Error('it was not done');
    await redis.set(`${prefix}:doing`, '99 other', 'EX', 60);
    await late.release(mark(prefix));
    expect([await redis.exists(`${prefix}:done`), await redis.get(`${prefix}:doing`)]).toEqual([
      1,
      '99 other',
    ]);
  });
});
