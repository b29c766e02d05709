import { z } from 'zod';
import { mask } from '../../../masking/mask.js';
import type { Masked } from '../../../masking/masked.js';
import type { RedisClient } from '../../../ops/connect-redis.js';
import { onRedis } from '../../../ops/on-redis.js';
import { readStored } from '../../../ops/read-stored.js';

const recordSchema = z.object({
  /** The exchange; one record of a kind per exchange and person. */
  exchange: z.string(),
  kind: z.enum(['unplaced', 'not-it', 'helpful', 'not-helpful']),
  question: z.string(),
  entry: z.string().optional(),
  score: z.number().optional(),
  user: z.string(),
  at: z.string(),
});
/** What acknet could not place, and what people thought of an answer: the work list for the knowledge base. */
export type QuestionRecord = z.infer<typeof recordSchema>;

export interface QuestionRecords {
  record(entry: QuestionRecord): Promise<void>;
  /** Newest first. */
  list(kinds: readonly QuestionRecord['kind'][]): Promise<readonly QuestionRecord[]>;
}

/** Of all in it only `question` is in somebody's own words. */
type KeptRecord = Omit<QuestionRecord, 'question'> & { readonly question: Masked };

export function createQuestionRecords(redis: RedisClient, prefix: string, keepMost = 5000): QuestionRecords {
  const order = `${prefix}:questions:order`;
  const records = `${prefix}:questions:records`;

  async function write(entry: KeptRecord): Promise<void> {
    const field = fieldOf(entry);
    await redis
      .multi()
      .hset(records, field, JSON.stringify(entry))
      .zadd(order, String(Date.parse(entry.at)), field)
      .exec();
    const old = await redis.zrange(order, '0', String(-(keepMost + 1)));
    if (old.length === 0) return;
    await redis
      .multi()
      .hdel(records, ...old)
      .zrem(order, ...old)
      .exec();
  }

  async function readAll(): Promise<readonly (string | null)[]> {
    const fields = await redis.zrevrange(order, '0', '-1');
    return fields.length === 0 ? [] : redis.hmget(records, ...fields);
  }

  return {
    record: (entry) => onRedis('note a question', () => write({ ...entry, question: mask(entry.question) })),
    list: async (kinds) => {
      const texts = await onRedis('list questions', readAll);
      return texts
        .flatMap((text) => readStored(recordSchema, text) ?? [])
        .filter(({ kind }) => kinds.includes(kind));
    },
  };
}

/** The last word counts: an opinion takes the place of the same person's earlier one on the same answer. */
function fieldOf({ kind, exchange, entry, user }: KeptRecord): string {
  const about = kind === 'helpful' || kind === 'not-helpful' ? 'opinion' : kind;
  return [about, exchange, entry ?? '', user].join('|');
}
