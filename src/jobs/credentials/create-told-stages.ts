import type { RedisClient } from '../../ops/connect-redis.js';
import { onRedis } from '../../ops/on-redis.js';
import type { EndingCredential } from '../ports.js';

/** Which stages were told, over all workers. */
export interface ToldStages {
  /** Whether this worker is to tell it now: nobody did, and nobody else is about to. */
  claim(ending: EndingCredential): Promise<boolean>;
  /** Told: never again. */
  remember(ending: EndingCredential): Promise<void>;
  /** Not told after all: whoever looks next tries again. */
  release(ending: EndingCredential): Promise<void>;
}

/** A worker that dies while it tells keeps the others from it for so long. */
const CLAIM_MS = 600_000;
/** Longer than anybody leaves an ended credential lie; the key holds the end, so a renewed one is another. */
const KEEP_SECONDS = 400 * 24 * 3600;

export function createToldStages(redis: RedisClient, prefix: string): ToldStages {
  const keyOf = ({ cluster, use, ends, stage }: EndingCredential): string =>
    `${prefix}:credential-told:${cluster}:${use}:${ends.getTime()}:${stage}`;
  const attempted = 'remember what was told of a credential';
  return {
    claim: async (ending) =>
      (await onRedis(attempted, () => redis.set(keyOf(ending), 'telling', 'PX', CLAIM_MS, 'NX'))) === 'OK',
    remember: async (ending) => {
      await onRedis(attempted, () => redis.set(keyOf(ending), 'told', 'EX', KEEP_SECONDS));
    },
    release: async (ending) => {
      await onRedis(attempted, () => redis.del(keyOf(ending)));
    },
  };
}
