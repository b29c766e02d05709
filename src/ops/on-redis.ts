import { AcknetError } from '../errors.js';

/** Makes whatever Redis or the way to it refuses a `redis.unavailable`, which says that trying again may help; `redis.sharded` = it never will. */
export async function onRedis<T>(attempted: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof AcknetError) throw cause;
    const detail = cause instanceof Error ? cause.message : String(cause);
    if (detail.startsWith('MOVED'))
      throw new AcknetError(
        'redis.sharded',
        `Redis could not ${attempted}: it is one node of a Redis Cluster, and another keeps acknet’s keys (${detail})`,
        {
          cause,
          hint: 'Name in ACKNET_REDIS_URL a server that is in no cluster, the proxy of the cluster, or Sentinels.',
        },
      );
    throw new AcknetError('redis.unavailable', `Redis could not ${attempted}: ${detail}`, {
      cause,
      hint: 'Check that Redis runs, has memory left and is reachable from acknet, then try again.',
    });
  }
}
