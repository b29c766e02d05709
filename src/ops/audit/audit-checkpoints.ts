import { z } from 'zod';
import type { RedisClient } from '../connect-redis.js';
import type { Logger } from '../log.js';
import { onRedis } from '../on-redis.js';
import type { Ledger } from './ledger.js';

const checkpointSchema = z.object({
  seq: z.int().nonnegative(),
  hash: z.string(),
  at: z.string(),
});
/** Where the chain's head stood at a moment: kept outside, it shows when the end was cut off. */
export type Checkpoint = z.infer<typeof checkpointSchema>;

export interface CheckpointOptions {
  readonly ledger: Ledger;
  readonly redis: RedisClient;
  readonly prefix: string;
  readonly now: () => Date;
  readonly logger: Logger;
}

const KEPT = 5000;
const keyOf = (prefix: string): string => `${prefix}:audit:checkpoints`;

/** Logs the head and keeps it in Redis too. The log line is the one that counts: Redis is what is doubted. */
export async function takeCheckpoint(options: CheckpointOptions): Promise<Checkpoint> {
  const { ledger, redis, prefix, now, logger } = options;
  const checkpoint = { ...(await ledger.head()), at: now().toISOString() };
  const key = keyOf(prefix);
  await onRedis('keep an audit checkpoint', async () => {
    await redis.rpush(key, JSON.stringify(checkpoint));
    await redis.ltrim(key, -KEPT, -1);
  });
  logger.info({ checkpoint }, 'audit checkpoint');
  return checkpoint;
}

export async function readCheckpoints(
  redis: RedisClient,
  prefix: string,
): Promise<readonly (Checkpoint | undefined)[]> {
  const lines = await onRedis('read audit checkpoints', () => redis.lrange(keyOf(prefix), 0, -1));
  return lines.map(parseCheckpoint);
}

/** Reads a checkpoint as it is kept, or a whole log line that holds one; undefined = neither. */
export function parseCheckpoint(text: string): Checkpoint | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const inner =
      typeof value === 'object' && value !== null && 'checkpoint' in value ? value.checkpoint : value;
    const parsed = checkpointSchema.safeParse(inner);
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
