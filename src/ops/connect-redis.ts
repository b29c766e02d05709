import { type Cluster, Redis } from 'ioredis';
import type { Logger } from './log.js';

export type RedisClient = Redis | Cluster;

/**
 * Connects in the background and reconnects for as long as it lives. A command waits out a restart of some
 * seconds, then rejects, so that nobody waits for ever.
 */
export function connectRedis({ url, logger }: { url: string; logger: Logger }): Redis {
  const redis = new Redis(url, {
    retryStrategy: (times) => Math.min(50 * times, 1000),
    maxRetriesPerRequest: 20,
    connectTimeout: 5000,
    commandTimeout: 20_000,
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
