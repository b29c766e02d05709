import { AcknetError } from '../errors.js';

/** Makes whatever Redis or the way to it refuses a `redis.unavailable`, which says that trying again may help. */
export async function onRedis<T>(attempted: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof AcknetError) throw cause;
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new AcknetError('redis.unavailable', `Redis could not ${attempted}: ${detail}`, {
      cause,
      hint: 'Check that Redis runs, has memory left and is reachable from acknet, then try again.',
    });
  }
}
