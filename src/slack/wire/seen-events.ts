import type { RedisClient } from '../../ops/connect-redis.js';
import { onRedis } from '../../ops/on-redis.js';

/** Longer than Slack retries a delivery. */
const KEEP_SECONDS = 3600;

export interface SeenEvents {
  /** Whether this is the first time; it is remembered from now on. Atomic over all bots. */
  first(id: string): Promise<boolean>;
  has(id: string): Promise<boolean>;
  mark(id: string): Promise<void>;
}

/** Slack delivers at least once, and Bolt does not notice. */
export function createSeenEvents(redis: RedisClient, prefix: string): SeenEvents {
  const key = (id: string) => `${prefix}:seen:${id}`;
  return {
    first: async (id) =>
      (await onRedis('note an event', () => redis.set(key(id), '1', 'EX', KEEP_SECONDS, 'NX'))) === 'OK',
    has: async (id) => (await onRedis('look up an event', () => redis.exists(key(id)))) === 1,
    mark: async (id) => {
      await onRedis('note an event', () => redis.set(key(id), '1', 'EX', KEEP_SECONDS));
    },
  };
}
