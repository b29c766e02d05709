import { setTimeout as sleep } from 'node:timers/promises';
import type { RedisClient } from '../../../ops/connect-redis.js';
import { acquireLease, type Lease, type Mark } from '../../../ops/lease.js';
import { onRedis } from '../../../ops/on-redis.js';
import { readStored } from '../../../ops/read-stored.js';
import { type MessageRef, messageRefSchema } from '../../../proposals/proposal.js';
import { wireTexts } from '../../../texts/wire.js';

/** What is known of a post; nothing = it is begun now. */
interface Known {
  readonly at?: MessageRef;
  readonly isUploaded?: true;
  /** It was begun before, and nobody knows what became of it. */
  readonly begunAt?: number;
}

/** What all processes know of each post, by its key. */
interface PostMemory {
  /** One process at a time per key: two that both saw nothing would both post. What comes of it is remembered as it ends. */
  once<P extends MessageRef | typeof UPLOADED>(key: string, work: (known: Known) => Promise<P>): Promise<P>;
  /** undefined = not posted, or only begun. */
  find(key: string): Promise<MessageRef | undefined>;
  remember(key: string, at: MessageRef): Promise<void>;
}

interface MemoryOptions {
  readonly redis: RedisClient;
  readonly prefix: string;
  readonly now: () => Date;
  readonly keepSeconds?: number | undefined;
}

const KEEP_SECONDS = 30 * 24 * 3600;
const BEGUN = 'begun';
/** Where a file stands is not known. */
export const UPLOADED = 'uploaded';
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
  const markOf = (key: string, value: string) => ({ key: keyOf(key), value, keepSeconds });

  const claim = async (key: string): Promise<Lease> => {
    for (;;) {
      const lease = await acquireLease(redis, {
        key: `${prefix}:posting:${key}`,
        counter: `${prefix}:posting-token`,
        holder: key,
        leaseMs: CLAIM_MS,
        note: markOf(key, `${BEGUN}:${now().getTime()}`),
      });
      if (lease) return lease;
      await sleep(CLAIM_LOOK_MS);
    }
  };

  return {
    once: async (key, work) => {
      const lease = await claim(key);
      let mark: Mark | undefined;
      try {
        const posted = await work(knownOf(lease.found));
        mark = markOf(key, posted === UPLOADED ? UPLOADED : JSON.stringify(posted));
        return posted;
      } finally {
        await lease.release(mark);
      }
    },
    find: async (key) => {
      const stored = () => redis.get(keyOf(key));
      return readStored(messageRefSchema, await onRedis(wireTexts.attempts.lookUpMessage, stored));
    },
    remember: async (key, at) => {
      const keep = () => redis.set(keyOf(key), JSON.stringify(at), 'EX', keepSeconds);
      await onRedis(wireTexts.attempts.rememberMessage, keep);
    },
  };
}

function knownOf(found: string | null): Known {
  if (found === null) return {};
  if (found === UPLOADED) return { isUploaded: true };
  const at = readStored(messageRefSchema, found);
  return at === undefined ? { begunAt: Number(found.split(':')[1] ?? 0) || 0 } : { at };
}
