import { maskedJson } from '../../../masking/mask.js';
import type { RedisClient } from '../../../ops/connect-redis.js';
import { onRedis } from '../../../ops/on-redis.js';
import { readStored } from '../../../ops/read-stored.js';
import { type Seen, seenSchema } from './seen.js';

/** What each schedule told last. */
export interface SeenStore {
  get(scheduleId: string): Promise<Seen | undefined>;
  put(scheduleId: string, seen: Seen): Promise<void>;
  forget(scheduleId: string): Promise<void>;
}

/** Longer than between two runs of any schedule; a schedule that was not run for so long begins anew. */
const KEEP_SECONDS = 60 * 86_400;

export function createSeenStore(redis: RedisClient, prefix: string): SeenStore {
  const keyOf = (id: string): string => `${prefix}:schedule-seen:${id}`;
  return {
    get: async (id) =>
      readStored(seenSchema, await onRedis('read what a schedule told', () => redis.get(keyOf(id)))),
    put: async (id, seen) => {
      await onRedis('keep what a schedule told', () =>
        redis.set(keyOf(id), maskedJson(seen), 'EX', KEEP_SECONDS),
      );
    },
    forget: async (id) => {
      await onRedis('forget what a schedule told', () => redis.del(keyOf(id)));
    },
  };
}
