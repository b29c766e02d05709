import type { RedisClient } from '../ops/connect-redis.js';
import { onRedis } from '../ops/on-redis.js';
import { redisScript } from '../ops/redis-script.js';

/** Counts in Redis' own time, so that workers' clocks do not matter. */
const takeSlot = redisScript(`
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
local mine = redis.call('ZSCORE', KEYS[1], ARGV[1])
if not mine and redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[2]) then return 0 end
redis.call('ZADD', KEYS[1], now + tonumber(ARGV[3]), ARGV[1])
redis.call('PEXPIRE', KEYS[1], tonumber(ARGV[3]) * 2)
return 1
`);

interface SlotRequest {
  readonly redis: RedisClient;
  readonly prefix: string;
  readonly cluster: string;
  readonly holder: string;
  /** Holders at a time. */
  readonly limit: number;
  /** How long a dead holder keeps its slot. */
  readonly leaseMs: number;
}

/** One of the cluster's slots, renewed until released; undefined = all are taken. */
export async function takeClusterSlot(request: SlotRequest): Promise<(() => Promise<void>) | undefined> {
  const { redis, prefix, cluster, holder, limit, leaseMs } = request;
  const key = `${prefix}:slots:${cluster}`;
  const take = () => takeSlot(redis, [key], [holder, limit, leaseMs]);
  if (Number(await onRedis('count the checks of a cluster', take)) === 0) return undefined;
  const renewal = setInterval(() => void take().catch(() => undefined), leaseMs / 3);
  return async () => {
    clearInterval(renewal);
    await redis.zrem(key, holder).catch(() => undefined);
  };
}
