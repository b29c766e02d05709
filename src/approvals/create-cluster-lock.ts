import type { RedisClient } from '../ops/connect-redis.js';
import { acquireLease } from '../ops/lease.js';
import type { ClusterLock } from '../proposals/ports.js';

interface ClusterLockOptions {
  readonly redis: RedisClient;
  readonly prefix: string;
  /** How long a dead holder keeps the others out. */
  readonly leaseMs: number;
}

export function createClusterLock({ redis, prefix, leaseMs }: ClusterLockOptions): ClusterLock {
  return {
    acquire: (cluster, holder) =>
      acquireLease(redis, {
        key: `${prefix}:lock:${cluster}`,
        counter: `${prefix}:lock-token`,
        holder,
        leaseMs,
      }),
  };
}
