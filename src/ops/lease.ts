import { performance } from 'node:perf_hooks';
import type { RedisClient } from './connect-redis.js';
import { onRedis } from './on-redis.js';

/** A claim on a Redis key that ends by itself when its holder does. */
export interface Lease {
  /** Grows with every lease on any key of the counter. */
  readonly token: number;
  /** Aborted before anyone else can get the key, when renewing failed for too long. */
  readonly lost: AbortSignal;
  release(): Promise<void>;
}

interface LeaseRequest {
  readonly key: string;
  /** Key of the counter tokens are drawn from. */
  readonly counter: string;
  readonly holder: string;
  readonly leaseMs: number;
}

/** Longer than any lease lasts: a claim without an end, or with one so far off, is none that a holder made. */
const LONGEST_MS = 86_400_000;
const acquireScript = `
local left = redis.call('PTTL', KEYS[1])
if left == -1 or left > ${LONGEST_MS} then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
if left ~= -2 then return 0 end
local token = redis.call('INCR', KEYS[2])
redis.call('SET', KEYS[1], token .. ' ' .. ARGV[1], 'PX', ARGV[2])
return token
`;
const renewScript = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('PEXPIRE', KEYS[1], ARGV[2])
`;
const releaseScript = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('DEL', KEYS[1])
`;

/** Renewed every third of its time; given up a little before it would end in Redis, whose clock runs on. */
const RENEWALS = 3;
const SAFE_PART = 0.8;

/** undefined = someone else holds it. */
export async function acquireLease(redis: RedisClient, request: LeaseRequest): Promise<Lease | undefined> {
  const { key, counter, holder, leaseMs } = request;
  const asked = performance.now();
  const token = Number(
    await onRedis('take a lock', () => redis.eval(acquireScript, 2, key, counter, holder, leaseMs)),
  );
  if (token === 0) return undefined;

  const value = `${token} ${holder}`;
  const lost = new AbortController();
  let heldUntil = asked + leaseMs * SAFE_PART;
  let next: NodeJS.Timeout | undefined;
  let deadline: NodeJS.Timeout | undefined;

  const end = (): void => {
    clearTimeout(next);
    clearTimeout(deadline);
  };
  const giveUp = (): void => {
    end();
    lost.abort();
  };
  const watch = (): void => {
    clearTimeout(deadline);
    deadline = setTimeout(giveUp, Math.max(0, heldUntil - performance.now()));
    next = setTimeout(renew, leaseMs / RENEWALS);
  };
  async function renew(): Promise<void> {
    const sent = performance.now();
    const held = await redis.eval(renewScript, 1, key, value, leaseMs).catch(() => undefined);
    if (lost.signal.aborted || released) return;
    if (held === 0) return giveUp();
    if (held !== undefined) heldUntil = sent + leaseMs * SAFE_PART;
    watch();
  }
  let released = false;
  watch();

  return {
    token,
    lost: lost.signal,
    release: async () => {
      released = true;
      end();
      await onRedis('release a lock', () => redis.eval(releaseScript, 1, key, value));
    },
  };
}
