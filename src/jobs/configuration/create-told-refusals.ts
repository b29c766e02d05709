import type { RedisClient } from '../../ops/connect-redis.js';
import { onRedis } from '../../ops/on-redis.js';

/** What maintainers were told, over all workers. A spell begins with the first refusal told and ends with what is taken. */
export interface ToldRefusals {
  /** Its number, and the digests told in it. */
  spell(): Promise<{ readonly number: number; readonly told: ReadonlySet<string> }>;
  remember(spell: number, digest: string): Promise<void>;
  /** However often it is ended: the next one has the next number. */
  end(spell: number): Promise<void>;
}

/** Longer than anybody leaves a refused file lie. */
const KEEP_SECONDS = 400 * 24 * 3600;

export function createToldRefusals(redis: RedisClient, prefix: string): ToldRefusals {
  const attempted = 'remember what was told of a refused configuration';
  const current = `${prefix}:config-spell`;
  const toldIn = (spell: number): string => `${prefix}:config-refused:${spell}`;
  return {
    spell: () =>
      onRedis(attempted, async () => {
        const number = Number((await redis.get(current)) ?? 0);
        return { number, told: new Set(await redis.smembers(toldIn(number))) };
      }),
    remember: async (spell, digest) => {
      await onRedis(attempted, () => redis.sadd(toldIn(spell), digest));
      await onRedis(attempted, () => redis.expire(toldIn(spell), KEEP_SECONDS));
    },
    end: async (spell) => {
      await onRedis(attempted, () => redis.set(current, spell + 1));
    },
  };
}
