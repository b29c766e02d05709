import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { AnswerCache } from '../../cloud/ports.js';
import { isAcknetError } from '../../errors.js';
import type { RedisClient } from '../connect-redis.js';
import { onRedis } from '../on-redis.js';

const answerSchema = z.object({ items: z.array(z.unknown()), at: z.string() });

/** More is asked for again rather than kept. */
const LARGEST = 512 * 1024;

/** Answers of the cloud that all workers may use. What cannot be read is asked for again, and what cannot be kept stands. */
export function createSharedCache({
  redis,
  prefix,
}: {
  readonly redis: RedisClient;
  readonly prefix: string;
}): AnswerCache {
  const keyOf = (key: string): string => `${prefix}:cloud-answer:${digestOf(key)}`;
  return {
    get: async (key) => {
      const kept = await onRedis('read an answer of the cloud', () => redis.get(keyOf(key))).catch(
        unlessRedis,
      );
      return kept == null ? undefined : parsed(kept);
    },
    set: async (key, answer, seconds) => {
      const text = JSON.stringify(answer);
      if (text.length <= LARGEST)
        await onRedis('keep an answer of the cloud', () => redis.set(keyOf(key), text, 'EX', seconds)).catch(
          unlessRedis,
        );
    },
  };
}

/** The cloud is the source, so a store that fails costs a call and no verdict. */
function unlessRedis(error: unknown): undefined {
  if (!isAcknetError(error, 'redis.unavailable')) throw error;
}

function parsed(text: string): z.infer<typeof answerSchema> | undefined {
  try {
    return answerSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

const digestOf = (key: string): string => createHash('sha256').update(key).digest('base64url');
