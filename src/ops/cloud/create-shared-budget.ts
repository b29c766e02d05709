import { randomUUID } from 'node:crypto';
import { BREAKER_MS, type CloudLimits, WINDOW_MS } from '../../cloud/budget/limits.js';
import { breakerOpen, overBudget } from '../../cloud/budget/refusals.js';
import type { BudgetedCall, CallBudget } from '../../cloud/ports.js';
import type { RedisClient } from '../connect-redis.js';
import { onRedis } from '../on-redis.js';
import { redisScript } from '../redis-script.js';

interface SharedBudgetOptions {
  readonly redis: RedisClient;
  readonly prefix: string;
  readonly limits: CloudLimits;
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** A worker that dies with a call open frees its place after so long; no call takes longer. */
const LEASE_MS = 60_000;
/** Before a full house is asked again. */
const RETRY_MS = 50;

/**
 * Answers 0 = go; -1 = the breaker is open; else how many milliseconds to wait. Redis' own clock counts, so that workers whose
 * clocks differ share one window.
 */
const takeCall = redisScript(`
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
if redis.call('EXISTS', KEYS[4]) == 1 then return -1 end
local since = now - tonumber(ARGV[2])
local delay = 0
for i = 1, 2 do
  redis.call('ZREMRANGEBYSCORE', KEYS[i], '-inf', since)
  local most = tonumber(ARGV[2 + i])
  if redis.call('ZCARD', KEYS[i]) >= most then
    local first = redis.call('ZRANGE', KEYS[i], -most, -most, 'WITHSCORES')
    delay = math.max(delay, tonumber(first[2]) - since)
  end
end
if delay > 0 then return delay end
redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', now)
if redis.call('ZCARD', KEYS[3]) >= tonumber(ARGV[5]) then return tonumber(ARGV[7]) end
redis.call('ZADD', KEYS[3], now + tonumber(ARGV[6]), ARGV[1])
redis.call('PEXPIRE', KEYS[3], ARGV[6])
for i = 1, 2 do
  redis.call('ZADD', KEYS[i], now, ARGV[1])
  redis.call('PEXPIRE', KEYS[i], ARGV[2])
end
return 0
`);

/** One budget an account, whoever calls: all workers, whatever the number of clusters there. */
export function createSharedBudget(options: SharedBudgetOptions): CallBudget {
  const { redis, prefix, wait } = options;
  const keyOf = (account: string, rest: string): string => `${prefix}:cloud:${account}:${rest}`;

  const ask = ({ account, action }: BudgetedCall, id: string): Promise<number> => {
    const { perApi, perMinute, atOnce } = options.limits;
    const keys = [action, 'all', 'open', `tripped:${action}`].map((rest) => keyOf(account, rest));
    const values = [id, WINDOW_MS, perApi, perMinute, atOnce, LEASE_MS, RETRY_MS];
    return onRedis('take a call to the cloud', () => takeCall(redis, keys, values)).then(Number);
  };

  return {
    async take(call) {
      const { account, action, signal, patienceMs } = call;
      const id = randomUUID();
      let left = patienceMs;
      for (;;) {
        signal.throwIfAborted();
        const delay = await ask(call, id);
        if (delay === 0) break;
        if (delay < 0) throw breakerOpen(action);
        if (delay > left) throw overBudget(action, delay);
        left -= delay;
        await wait(delay, signal);
      }
      return () => void redis.zrem(keyOf(account, 'open'), id).catch(() => undefined);
    },
    trip: async ({ account, action }) =>
      void (await onRedis('leave a cloud API alone', () =>
        redis.set(keyOf(account, `tripped:${action}`), '1', 'PX', BREAKER_MS),
      )),
  };
}
