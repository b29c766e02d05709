import { performance } from 'node:perf_hooks';
import type { RedisClient } from './connect-redis.js';
import { onRedis } from './on-redis.js';
import { redisScript } from './redis-script.js';

/** A claim on a Redis key that ends by itself when its holder does. */
export interface Lease {
  /** Grows with every lease on any key of the counter. */
  readonly token: number;
  /** Aborted before anyone else can get the key, when renewing failed for too long. */
  readonly lost: AbortSignal;
  /** What stood in the request's `note` before; null = nothing, or no note was asked for. */
  readonly found: string | null;
  /** With a mark: what was done under it stands as done from now on, in one step with its end. */
  release(mark?: Mark): Promise<void>;
}

/** A key that says for a while that something was begun, or done. */
export interface Mark {
  readonly key: string;
  /** Absent = only that it was. */
  readonly value?: string;
  readonly keepSeconds: number;
}

interface LeaseRequest {
  readonly key: string;
  /** Key of the counter tokens are drawn from. */
  readonly counter: string;
  readonly holder: string;
  readonly leaseMs: number;
  /** Key of a mark: where it stands, nothing is left to do under this lease. */
  readonly unlessDone?: string | undefined;
  /** Left in one step with the claim, where nothing stands yet. */
  readonly note?: Required<Mark> | undefined;
}

/** Longer than any lease lasts: a claim without an end, or with one so far off, is none that a holder made. */
const LONGEST_MS = 86_400_000;
const BUSY = 0;
const DONE = -1;
/** Of a mark that has no value of its own. */
const DONE_VALUE = '1';
/** Of the claim, its counter, the mark where 'unless' is asked for, and the note where one is to be left. */
const acquire = redisScript(`
local left = redis.call('PTTL', KEYS[1])
if left == -1 or left > ${LONGEST_MS} then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
if left ~= -2 then return {${BUSY}} end
local note = KEYS[3]
if ARGV[3] == 'unless' then
  if redis.call('EXISTS', KEYS[3]) == 1 then return {${DONE}} end
  note = KEYS[4]
end
local token = redis.call('INCR', KEYS[2])
redis.call('SET', KEYS[1], token .. ' ' .. ARGV[1], 'PX', ARGV[2])
if not note then return {token} end
return {token, redis.call('SET', note, ARGV[4], 'EX', ARGV[5], 'NX', 'GET')}
`);
const renewClaim = redisScript(`
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('PEXPIRE', KEYS[1], ARGV[2])
`);
const endClaim = redisScript(`
if KEYS[2] then redis.call('SET', KEYS[2], ARGV[3], 'EX', ARGV[2]) end
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('DEL', KEYS[1])
`);

/** Renewed every third of its time; given up a little before it would end in Redis, whose clock runs on. */
const RENEWALS = 3;
const SAFE_PART = 0.8;

/** undefined = someone else holds it. */
export async function acquireLease(
  redis: RedisClient,
  request: Omit<LeaseRequest, 'unlessDone'>,
): Promise<Lease | undefined> {
  const taken = await takeLease(redis, request);
  return taken === 'done' ? undefined : taken;
}

/** 'done' = the mark stands, which is looked at only while nobody holds the lease; undefined = someone else holds it. */
export async function takeLease(
  redis: RedisClient,
  request: LeaseRequest,
): Promise<Lease | 'done' | undefined> {
  const { key, holder, leaseMs } = request;
  const asked = performance.now();
  const { token, found } = await claim(redis, request);
  if (token === DONE) return 'done';
  if (token === BUSY) return undefined;

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
    const held = await renewClaim(redis, [key], [value, leaseMs]).catch(() => undefined);
    if (lost.signal.aborted || released) return;
    if (held === 0) return giveUp();
    if (held !== undefined) heldUntil = sent + leaseMs * SAFE_PART;
    watch();
  }
  let released = false;
  watch();

  return {
    token,
    found,
    lost: lost.signal,
    release: async (mark) => {
      released = true;
      end();
      const keys = mark === undefined ? [key] : [key, mark.key];
      const values = mark === undefined ? [value] : [value, mark.keepSeconds, mark.value ?? DONE_VALUE];
      await onRedis('release a lock', () => endClaim(redis, keys, values));
    },
  };
}

async function claim(
  redis: RedisClient,
  { key, counter, holder, leaseMs, unlessDone, note }: LeaseRequest,
): Promise<{ readonly token: number; readonly found: string | null }> {
  const keys = [key, counter, unlessDone, note?.key].filter((name) => name !== undefined);
  const values = [holder, leaseMs, unlessDone === undefined ? '' : 'unless'];
  const noted = note === undefined ? [] : [note.value, note.keepSeconds];
  const answer = await onRedis('take a lock', () => acquire(redis, keys, [...values, ...noted]));
  const [token, found] = answer as readonly [number, string | null | undefined];
  return { token, found: found ?? null };
}
