import { setTimeout as sleep } from 'node:timers/promises';
import type { RedisClient } from '../../ops/connect-redis.js';
import { acquireLease, type Lease } from '../../ops/lease.js';
import { onRedis } from '../../ops/on-redis.js';
import { wireTexts } from '../../texts/wire.js';

/** Longer than Slack retries a delivery. */
const KEEP_SECONDS = 3600;
/** Slack waits three seconds for an acknowledgement. */
const PATIENCE_MS = 1500;
/** A bot that dies at something leaves it to its twin's after so long. */
const LEASE_MS = 5000;
const LOOK_MS = 50;

/**
 * What Slack delivered already: it delivers at least once, and a mention as two events. Atomic over all bots. While
 * Redis is away everything counts as new: what it leads to is guarded by itself, and says what is wrong.
 */
export interface HeardBefore {
  /** Whether this is the first time; from now on it is not, whatever becomes of it. */
  first(id: string): Promise<boolean>;
  /** Does the work unless it was done before. Where somebody is at it, waits, and takes over should they fail. */
  once(id: string, work: () => Promise<void>): Promise<void>;
}

export function createHeardBefore(redis: RedisClient, prefix: string): HeardBefore {
  const keyOf = (id: string) => `${prefix}:heard:${id}`;

  /** Looks only once it is its turn: whoever was at it before may just have ended. */
  const claim = async (id: string): Promise<Claim> => {
    const request = { key: `${prefix}:hearing:${id}`, counter: `${prefix}:hearing-token` };
    const lease = await acquireLease(redis, { ...request, holder: id, leaseMs: LEASE_MS });
    if (lease === undefined) return 'busy';
    const isDone = await onRedis(wireTexts.attempts.lookUpEvent, () => redis.exists(keyOf(id))).catch(
      () => 0,
    );
    if (isDone !== 1) return lease;
    await lease.release().catch(() => undefined);
    return 'done';
  };

  /** Once it is free, or done. undefined = Redis does not say. */
  const turn = async (id: string): Promise<'done' | Lease | undefined> => {
    for (;;) {
      const claimed = await inTime(claim(id), letGo);
      if (claimed !== 'busy') return claimed;
      await sleep(LOOK_MS);
    }
  };

  return {
    first: async (id) => {
      const noted = onRedis(wireTexts.attempts.noteEvent, () =>
        redis.set(keyOf(id), '1', 'EX', KEEP_SECONDS, 'NX'),
      );
      return (await inTime(noted.then((answer) => answer === 'OK'))) ?? true;
    },
    once: async (id, work) => {
      const held = await turn(id);
      if (held === 'done') return;
      try {
        await work();
        await inTime(redis.set(keyOf(id), '1', 'EX', KEEP_SECONDS));
      } finally {
        await held?.release().catch(() => undefined);
      }
    },
  };
}

type Claim = 'done' | 'busy' | Lease;

const letGo = (late: Claim): void => {
  if (typeof late !== 'string') late.release().catch(() => undefined);
};

/** undefined = it failed, or takes too long; `late` is then told of what comes after all. */
async function inTime<T>(work: Promise<T>, late?: (value: T) => void): Promise<T | undefined> {
  const ended = new AbortController();
  const tooLate = sleep(PATIENCE_MS, undefined, { signal: ended.signal }).then(() => {
    work.then(late, () => undefined);
    return undefined;
  });
  try {
    return await Promise.race([work.catch(() => undefined), tooLate.catch(() => undefined)]);
  } finally {
    ended.abort();
  }
}
