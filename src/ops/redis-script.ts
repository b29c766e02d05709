import { createHash } from 'node:crypto';
import type { RedisClient } from './connect-redis.js';

type Values = readonly (string | number)[];
type RunScript = (redis: RedisClient, keys: readonly string[], values: Values) => Promise<unknown>;

/** What Redis does in one step. It keeps a text by its digest: the text goes there once, and again where it was forgotten. */
export function redisScript(lua: string): RunScript {
  const digest = createHash('sha1').update(lua).digest('hex');
  return async (redis, keys, values) => {
    try {
      return await redis.evalsha(digest, keys.length, ...keys, ...values);
    } catch (error) {
      if (!(error instanceof Error && error.message.startsWith('NOSCRIPT'))) throw error;
      return redis.eval(lua, keys.length, ...keys, ...values);
    }
  };
}
