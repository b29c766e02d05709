import { Cluster, type RedisOptions } from 'ioredis';
import type { RedisClient } from '../ops/connect-redis.js';

/** Workers wait on Redis for as long as it takes; a bound on retries or on one command would end that. */
const unbounded = { maxRetriesPerRequest: null, commandTimeout: undefined } as unknown as Pick<
  RedisOptions,
  'maxRetriesPerRequest'
>;

export function duplicateForWorkers(connection: RedisClient): RedisClient {
  return connection instanceof Cluster
    ? connection.duplicate([], { redisOptions: unbounded })
    : connection.duplicate(unbounded);
}
