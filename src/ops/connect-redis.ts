import type { Cluster, Redis } from 'ioredis';
import { isAcknetError } from '../errors.js';
import type { Logger } from './log.js';
import { onRedis } from './on-redis.js';
import { openRedis } from './open-redis.js';

export type RedisClient = Redis | Cluster;

/**
 * Connects in the background and reconnects for as long as it lives. A command waits out a restart of some
 * seconds, then rejects, so that nobody waits for ever.
 */
export function connectRedis({ url, logger }: { url: string; logger: Logger }): Redis {
  const retryStrategy = (times: number): number => Math.min(50 * times, 1000);
  const redis = openRedis(url, {
    retryStrategy,
    sentinelRetryStrategy: retryStrategy,
    maxRetriesPerRequest: 20,
    connectTimeout: 5000,
    sentinelCommandTimeout: 5000,
    commandTimeout: 20_000,
    reconnectOnError: isDemoted,
  });
  let down = false;
  redis.on('error', (error: Error) => {
    if (!down) logger.warn({ reason: error.message }, 'Redis is not reachable: acknet goes on trying');
    down = true;
  });
  redis.on('ready', () => {
    if (down) logger.info({}, 'Redis is reachable again');
    down = false;
  });
  return redis;
}

/**
 * The master became a replica while this connection stood. The command is rejected, not sent again: ioredis would send
 * one of a transaction alone.
 */
const isDemoted = ({ message }: Error): boolean => message.startsWith('READONLY');

/** Reads one of acknet's keys, whether it is there or not; `redis.sharded` = this server keeps none of them. */
export async function probeKeys(redis: Pick<RedisClient, 'exists'>, prefix: string): Promise<void> {
  await onRedis('be asked for a key', () => redis.exists(`${prefix}:probe`));
}

/** Rejects where this server does not keep acknet's keys; resolves where it does, or once the signal aborts. */
export async function refuseSharded(
  redis: RedisClient,
  { prefix, signal }: { readonly prefix: string; readonly signal: AbortSignal },
): Promise<void> {
  try {
    await untilReachable(redis, signal);
    await probeKeys(redis, prefix);
  } catch (error) {
    if (isAcknetError(error, 'redis.sharded')) throw error;
  }
}

/** Once Redis answers, however often it refuses before; rejects with the signal's reason. */
export async function untilReachable(redis: RedisClient, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  if (redis.status === 'ready') return;
  await new Promise<void>((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason);
    redis.once('ready', () => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    });
    signal.addEventListener('abort', onAbort, { once: true });
  });
}
