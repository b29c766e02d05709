import { setTimeout as sleep } from 'node:timers/promises';
import type { RedisClient } from '../../../ops/connect-redis.js';
import { acquireLease, type Lease } from '../../../ops/lease.js';
import { onRedis } from '../../../ops/on-redis.js';
import { readStored } from '../../../ops/read-stored.js';
import { type MessageRef, messageRefSchema } from '../../../proposals/proposal.js';
import { wireTexts } from '../../../texts/wire.js';

/** What all processes know of each post, by its key. */
interface PostMemory {
  /** One process at a time per key: two that both saw nothing would both post. */
  alone<T>(key: string, work: () => Promise<T>): Promise<T>;
  /** Where it stands, or when it was begun before; undefined = neither, and it is begun now. */
  begin(key: string): Promise<MessageRef | number | undefined>;
  /** undefined = not posted, or only begun. */
  find(key: string): Promise<MessageRef | undefined>;
  remember(key: string, at: MessageRef): Promise<void>;
  isUploaded(key: string): Promise<boolean>;
  rememberUpload(key: string): Promise<void>;
}

interface MemoryOptions {
  readonly redis: RedisClient;
  readonly prefix: string;
  readonly now: () => Date;
  readonly keepSeconds?: number | undefined;
}

const KEEP_SECONDS = 30 * 24 * 3600;
const BEGUN = 'begun';
const UPLOADED = 'uploaded';
/** A process that dies while it posts keeps the others from that message for so long. */
const CLAIM_MS = 5000;
const CLAIM_LOOK_MS = 100;

export function createPostMemory({
  redis,
  prefix,
  now,
  keepSeconds = KEEP_SECONDS,
}: MemoryOptions): PostMemory {
  const keyOf = (key: string) => `${prefix}:posted:${key}`;
  const keep = (key: string, value: string) =>
    onRedis(wireTexts.attempts.rememberMessage, () => redis.set(keyOf(key), value, 'EX', keepSeconds));
  const stored = (key: string) => onRedis(wireTexts.attempts.lookUpMessage, () => redis.get(keyOf(key)));

  const claim = async (key: string): Promise<Lease> => {
    for (;;) {
      const request = { key: `${prefix}:posting:${key}`, counter: `${prefix}:posting-token` };
      const lease = await acquireLease(redis, { ...request, holder: key, leaseMs: CLAIM_MS });
      if (lease) return lease;
      await sleep(CLAIM_LOOK_MS);
    }
  };

  return {
    alone: async (key, work) => {
      const lease = await claim(key);
      try {
        return await work();
      } finally {
        await lease.release();
      }
    },
    begin: async (key) => {
      const before = await onRedis(wireTexts.attempts.rememberMessage, () =>
        redis.set(keyOf(key), `${BEGUN}:${now().getTime()}`, 'EX', keepSeconds, 'NX', 'GET'),
      );
      if (before === null) return undefined;
      return readStored(messageRefSchema, before) ?? (Number(before.split(':')[1] ?? 0) || 0);
    },
    find: async (key) => readStored(messageRefSchema, await stored(key)),
    remember: async (key, at) => {
      await keep(key, JSON.stringify(at));
    },
    isUploaded: async (key) => (await stored(key)) === UPLOADED,
    rememberUpload: async (key) => {
      await keep(key, UPLOADED);
    },
  };
}
