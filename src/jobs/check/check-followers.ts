import { z } from 'zod';
import type { RedisClient } from '../../ops/connect-redis.js';
import { onRedis } from '../../ops/on-redis.js';
import { readStored } from '../../ops/read-stored.js';
import { redisScript } from '../../ops/redis-script.js';
import { personSchema } from '../../proposals/proposal.js';

const followerSchema = z.object({
  channel: z.string(),
  threadTs: z.string().optional(),
  requestedBy: personSchema.optional(),
});
/** Who asked for a check that ran already, from a place where its message does not stand. */
export type Follower = z.infer<typeof followerSchema>;

export interface CheckFollowers {
  /** false = too late: the run has told its followers. */
  add(runId: string, follower: Follower): Promise<boolean>;
  /** Those to tell; from here on nobody can follow the run any more. May be called again. */
  close(runId: string): Promise<readonly Follower[]>;
}

const KEEP_SECONDS = 86_400;
/** Longer than a run that told its result takes to end, its worker's death included. */
const KEEP_CLOSED_SECONDS = 3600;
const CLOSED = 'closed';

/** Most runs have none: of these nothing but a short mark is kept. */
const addOne = redisScript(`
if redis.call('TYPE', KEYS[1]).ok == 'string' then return 0 end
if redis.call('LINDEX', KEYS[1], -1) == '${CLOSED}' then return 0 end
redis.call('RPUSH', KEYS[1], ARGV[1])
redis.call('EXPIRE', KEYS[1], ${KEEP_SECONDS})
return 1
`);
const closeAll = redisScript(`
if redis.call('TYPE', KEYS[1]).ok ~= 'list' then
  redis.call('SET', KEYS[1], '1', 'EX', ${KEEP_CLOSED_SECONDS})
  return {}
end
if redis.call('LINDEX', KEYS[1], -1) ~= '${CLOSED}' then redis.call('RPUSH', KEYS[1], '${CLOSED}') end
redis.call('EXPIRE', KEYS[1], ${KEEP_CLOSED_SECONDS})
return redis.call('LRANGE', KEYS[1], 0, -2)
`);

export function createCheckFollowers(redis: RedisClient, prefix: string): CheckFollowers {
  const keyOf = (runId: string): string => `${prefix}:followers:${runId}`;
  return {
    add: async (runId, follower) => {
      const add = () => addOne(redis, [keyOf(runId)], [JSON.stringify(follower)]);
      return (await onRedis('follow a check', add)) === 1;
    },
    close: async (runId) => {
      const stored = await onRedis('look for followers', () => closeAll(redis, [keyOf(runId)], []));
      return (stored as string[]).flatMap((text) => {
        const follower = readStored(followerSchema, text);
        return follower === undefined ? [] : [follower];
      });
    },
  };
}
