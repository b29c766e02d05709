import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RedisClient } from '../../../ops/connect-redis.js';
import { acquireLease } from '../../../ops/lease.js';
import { onRedis } from '../../../ops/on-redis.js';
import type { MessageRef } from '../../../proposals/proposal.js';
import { wireTexts } from '../../../texts/wire.js';

/** Keeps progress from being shown over a result, whichever process shows either. */
interface EditFence {
  /** Does nothing where the message has settled, or where another process is editing it at this moment. */
  unlessSettled(at: MessageRef, edit: () => Promise<void>): Promise<void>;
  /** From now on nothing passes for this message; resolves once what had passed is through. */
  settle(at: MessageRef): Promise<void>;
}

interface FenceOptions {
  readonly redis: RedisClient;
  readonly prefix: string;
  /** Longest that one edit may be on its way: the Slack client gives up before. */
  readonly leaseMs?: number;
}

/** Longer than any process holds an edit back. */
const KEEP_SECONDS = 86_400;
const LEASE_MS = 15_000;
const LOOK_MS = 50;

/**
 * An edit takes the message's lease first and looks for the mark then; who settles sets the mark first and waits for the
 * lease then. So one of them always sees the other.
 */
export function createEditFence({ redis, prefix, leaseMs = LEASE_MS }: FenceOptions): EditFence {
  const markOf = ({ channel, ts }: MessageRef): string => `${prefix}:settled:${channel}/${ts}`;
  const leaseOf = ({ channel, ts }: MessageRef): string => `${prefix}:editing:${channel}/${ts}`;
  const isThere = async (key: string): Promise<boolean> =>
    (await onRedis(wireTexts.attempts.lookWhetherSettled, () => redis.exists(key))) === 1;

  return {
    unlessSettled: async (at, edit) => {
      const request = { key: leaseOf(at), counter: `${prefix}:editing-token` };
      const lease = await acquireLease(redis, { ...request, holder: randomUUID(), leaseMs });
      if (lease === undefined) return;
      try {
        if (!(await isThere(markOf(at))) && !lease.lost.aborted) await edit();
      } finally {
        await lease.release();
      }
    },
    settle: async (at) => {
      const mark = () => redis.set(markOf(at), '1', 'EX', KEEP_SECONDS);
      await onRedis(wireTexts.attempts.saySettled, mark);
      // Bounded: whoever can write to Redis could plant a lease that never ends.
      for (let waited = 0; waited < 2 * leaseMs && (await isThere(leaseOf(at))); waited += LOOK_MS)
        await sleep(LOOK_MS);
    },
  };
}
