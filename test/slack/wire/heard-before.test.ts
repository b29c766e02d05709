import { describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { createHeardBefore } from '../../../src/slack/wire/heard-before.js';
import { redisForTest } from '../../support/redis-for-test.js';

const redisOf = redisForTest();

/** Two bots on one Redis. */
function bots() {
  const prefix = redisOf.newPrefix();
  return [
    createHeardBefore(redisOf.connect(), prefix),
    createHeardBefore(redisOf.connect(), prefix),
  ] as const;
}

function counter() {
  const counted = {
    times: 0,
    work: async () => {
      counted.times += 1;
    },
  };
  return counted;
}

function awayRedis(): Redis {
  const away = new Redis({ port: 1, lazyConnect: true, maxRetriesPerRequest: 0, retryStrategy: () => null });
  away.on('error', () => undefined);
  return away;
}

/** Work that ends when told to. */
function longWork() {
  let end = (): void => undefined;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  let begin = (): void => undefined;
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const work = (): Promise<void> => {
    begin();
    return ended;
  };
  return { begun, end, work };
}

describe('something delivered twice', () => {
  it('is new to one bot alone', async () => {
    const [one, other] = bots();
    const answers = await Promise.all([one.first('t1'), other.first('t1'), one.first('t1')]);
    expect(answers.filter(Boolean)).toHaveLength(1);
    expect(await other.first('t2')).toBe(true);
  });

  it('is done once, also when the second comes while the first is at it', async () => {
    const [one, other] = bots();
    const first = longWork();
    const again = counter();
    const doing = one.once('m1', first.work);
    await first.begun;
    const waiting = other.once('m1', again.work);
    first.end();
    await Promise.all([doing, waiting]);
    await other.once('m1', again.work);
    expect(again.times).toBe(0);
  });

  it('is done by the second where the first failed', async () => {
    const [one, other] = bots();
    const done = counter();
    await expect(one.once('m2', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await other.once('m2', done.work);
    expect(done.times).toBe(1);
  });

  it('is one thing to one bot also while Redis is away: the second event of a mention waits for the first', async () => {
    const heard = createHeardBefore(awayRedis(), '{none}');
    const first = longWork();
    const again = counter();
    const doing = heard.once('m4', first.work);
    const waiting = heard.once('m4', again.work);
    await first.begun;
    first.end();
    await Promise.all([doing, waiting]);
    expect(again.times).toBe(0);
  });

  it('is done by the second event where the same bot failed at the first', async () => {
    const [heard] = bots();
    const done = counter();
    const failed = heard.once('m5', () => Promise.reject(new Error('no')));
    const waiting = heard.once('m5', done.work);
    await expect(failed).rejects.toThrow('no');
    await waiting;
    expect(done.times).toBe(1);
  });

  it('counts as new while Redis is away', async () => {
    const heard = createHeardBefore(awayRedis(), '{none}');
    const done = counter();
    await heard.once('m3', done.work);
    expect([done.times, await heard.first('t3')]).toEqual([1, true]);
  });

  it.each([true, false])(
    'is done once by each bot that need not ask the others: redis away: %s',
    async (away) => {
      const [one, other] = away
        ? ([createHeardBefore(awayRedis(), '{one}'), createHeardBefore(awayRedis(), '{other}')] as const)
        : bots();
      const done = counter();
      await Promise.all([one.onceHere('m6', done.work), one.onceHere('m6', done.work)]);
      await one.onceHere('m6', done.work);
      expect(done.times).toBe(1);
      await other.onceHere('m6', done.work);
      expect(done.times).toBe(2);
    },
  );

  it('is done by the second event where the same bot failed at the first, without asking the others', async () => {
    const heard = createHeardBefore(awayRedis(), '{none}');
    const done = counter();
    await expect(heard.onceHere('m7', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await heard.onceHere('m7', done.work);
    expect(done.times).toBe(1);
  });

  it('is forgotten here when enough else was done since', async () => {
    const heard = createHeardBefore(awayRedis(), '{none}');
    const done = counter();
    await heard.onceHere('m8', done.work);
    for (let n = 0; n < 1000; n += 1) await heard.onceHere(`other ${n}`, async () => undefined);
    await heard.onceHere('m8', done.work);
    expect(done.times).toBe(2);
  });
});
