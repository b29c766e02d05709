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
    if (!down) logger.warn({ err: error }, 'Redis is not reachable');
    down = true;
  });
  redis.on('ready', () => {
    if (down) logger.info({}, 'Redis is reachable again');
    down = false;
  });
  return redis;
}
