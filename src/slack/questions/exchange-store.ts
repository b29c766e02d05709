import { z } from 'zod';
import { mask } from '../../masking/mask.js';
import type { Masked } from '../../masking/masked.js';
import type { RedisClient } from '../../ops/connect-redis.js';
import { onRedis } from '../../ops/on-redis.js';
import { readStored } from '../../ops/read-stored.js';
import { redisScript } from '../../ops/redis-script.js';

const namedEntry = z.object({ id: z.string(), score: z.number() });

const threadSchema = z.object({
  entry: z.string().optional(),
  cluster: z.string().optional(),
  others: z.array(namedEntry).default([]),
  shown: z.array(z.string()).default([]),
  stillBroken: z.number().default(0),
  unplaced: z.string().optional(),
});
/** What a thread is about and what was said in it; that there is one means acknet has spoken in it. */
export type ThreadTopic = z.infer<typeof threadSchema>;

/** A thread in which nothing was asked yet. */
export const noTopic: ThreadTopic = { others: [], shown: [], stillBroken: 0 };

const exchangeSchema = z.object({
  id: z.string(),
  /** Where the question stands. */
  channel: z.string(),
  threadTs: z.string(),
  text: z.string(),
  asker: z.object({ user: z.string(), team: z.string() }),
  kind: z.enum(['sure', 'torn', 'unplaced']),
  /** Entries that could be meant, best first. */
  candidates: z.array(namedEntry),
  /** Those shown and turned down. */
  refused: z.array(z.string()),
  entry: z.string().optional(),
  /** The entry whose whole card its answer holds. */
  card: z.string().optional(),
  /** Checks that were offered where no entry is about it. */
  looks: z.array(z.string()).default([]),
  cluster: z.string().optional(),
  at: z.string(),
  /** What the thread was about when it was asked: a repeated job reads it as the first one did. */
  before: threadSchema.optional(),
});
/** One question and what became of it. */
export type Exchange = z.infer<typeof exchangeSchema>;

interface Found {
  readonly exchange: Exchange | undefined;
  readonly topic: ThreadTopic | undefined;
}

export interface ExchangeStore {
  get(id: string): Promise<Exchange | undefined>;
  /** What a message begins with: what became of it, if it was asked before, and what its thread is about. */
  find(at: { channel: string; ts: string; threadTs: string }): Promise<Found>;
  save(exchange: Exchange): Promise<void>;
  /** Both, in one step. */
  begin(exchange: Exchange, topic: ThreadTopic): Promise<void>;
  topic(channel: string, threadTs: string): Promise<ThreadTopic | undefined>;
  setTopic(channel: string, threadTs: string, topic: ThreadTopic): Promise<void>;
}

/** Of all in it only `text` is in somebody's own words. */
export type KeptExchange = Omit<Exchange, 'text'> & { readonly text: Masked };

const DAY_SECONDS = 86_400;

/** Both in one step. A transaction of ioredis makes a function for each script that BullMQ has, for each question anew. */
const setBoth = redisScript(`
redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[3])
redis.call('SET', KEYS[2], ARGV[2], 'EX', ARGV[3])
`);

/** Exchanges and thread topics, for so many days after they were last touched. */
export function createExchangeStore(redis: RedisClient, prefix: string, keepDays = 30): ExchangeStore {
  const exchangeKey = (id: string) => `${prefix}:exchange:${id}`;
  const topicKey = (channel: string, threadTs: string) => `${prefix}:topic:${channel}:${threadTs}`;
  const load = (key: string) => onRedis('look up a question', () => redis.get(key));
  const keep = async (key: string, value: KeptExchange | ThreadTopic): Promise<void> => {
    await onRedis('keep a question', () =>
      redis.set(key, JSON.stringify(value), 'EX', keepDays * DAY_SECONDS),
    );
  };
  const kept = (exchange: Exchange): KeptExchange => ({ ...exchange, text: mask(exchange.text) });
  return {
    find: async ({ channel, ts, threadTs }) => {
      const keys = [exchangeKey(exchangeId(channel, ts)), topicKey(channel, threadTs)];
      const [exchange = null, topic = null] = await onRedis('look up a question', () => redis.mget(keys));
      return { exchange: readStored(exchangeSchema, exchange), topic: readStored(threadSchema, topic) };
    },
    begin: async (exchange, topic) => {
      const keys = [exchangeKey(exchange.id), topicKey(exchange.channel, exchange.threadTs)];
      const values = [JSON.stringify(kept(exchange)), JSON.stringify(topic), keepDays * DAY_SECONDS];
      await onRedis('keep a question', () => setBoth(redis, keys, values));
    },
    get: async (id) => readStored(exchangeSchema, await load(exchangeKey(id))),
    save: (exchange) => keep(exchangeKey(exchange.id), kept(exchange)),
    topic: async (channel, threadTs) => readStored(threadSchema, await load(topicKey(channel, threadTs))),
    setTopic: (channel, threadTs, topic) => keep(topicKey(channel, threadTs), topic),
  };
}

export const exchangeId = (channel: string, ts: string): string => `${channel}-${ts}`;

/** What the message that answers it is posted by. */
export const answerKey = ({ channel, id }: Pick<Exchange, 'channel' | 'id'>): string =>
  `answer:${channel}:${id.slice(exchangeId(channel, '').length)}`;
