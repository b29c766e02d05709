import type { RedisClient } from '../../ops/connect-redis.js';
import { onRedis } from '../../ops/on-redis.js';
import type { Proposal } from '../../proposals/proposal.js';

interface CallersOptions {
  readonly redis: RedisClient;
  readonly prefix: string;
}

/** Longer than anybody looks at a thread. */
const KEEP_SECONDS = 30 * 24 * 3600;

/** Whether a card is the one that calls the approvers: the first of its thread, and it alone, for good. */
export const createCallers =
  ({ redis, prefix }: CallersOptions) =>
  async ({ id, thread, card }: Pick<Proposal, 'id' | 'thread' | 'card'>): Promise<boolean> => {
    const place = thread ?? (card && { channel: card.channel, threadTs: card.ts });
    if (place === undefined) return true;
    const key = `${prefix}:called:${place.channel}:${place.threadTs}`;
    return onRedis('call approvers', async () => {
      await redis.set(key, id, 'EX', KEEP_SECONDS, 'NX');
      return (await redis.get(key)) === id;
    });
  };
