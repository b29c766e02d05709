import type { CheckRun } from '../../engine/checking/check-run.js';
import { isAcknetError } from '../../errors.js';
import type { Masked } from '../../masking/masked.js';
import type { RedisClient } from '../../ops/connect-redis.js';
import { leaveAside, type OnUnreadable } from '../../ops/leave-aside.js';
import { onRedis } from '../../ops/on-redis.js';
import { joinRun, splitRun } from './run-parts.js';

/** Results of check runs: for details asked for later, and for "what is new since the last one". */
export interface RunStore {
  save(runId: string, run: Masked<CheckRun>): Promise<void>;
  get(runId: string): Promise<CheckRun | undefined>;
  /** The last run of the whole catalogue over the whole cluster; others cannot be compared with. */
  last(cluster: string): Promise<{ readonly runId: string; readonly run: CheckRun } | undefined>;
  /** Makes a run the one that `last` returns. */
  remember(runId: string, cluster: string): Promise<void>;
}

interface RunStoreOptions {
  readonly redis: RedisClient;
  readonly prefix: string;
  readonly keepDays?: number;
  /** The newest ones. */
  readonly keepMost?: number;
  /** Told once of each stored run that this version cannot read; it counts as not kept. */
  readonly onUnreadable?: OnUnreadable;
}

const DAY_SECONDS = 86_400;

export function createRunStore(options: RunStoreOptions): RunStore {
  const { redis, prefix, keepDays = 14, keepMost = 10_000, onUnreadable } = options;
  const runKey = (runId: string): string => `${prefix}:run:${runId}`;
  const partKey = (name: string): string => `${prefix}:run-part:${name}`;
  const orderKey = `${prefix}:runs`;
  const lastKey = (cluster: string): string => `${prefix}:run-last:${cluster}`;
  const ttl = keepDays * DAY_SECONDS;
  const aside = leaveAside(onUnreadable);

  async function get(runId: string): Promise<CheckRun | undefined> {
    const record = await onRedis('read a check run', () => redis.getBuffer(runKey(runId)));
    if (record === null) return undefined;
    const partsOf = (names: readonly string[]) =>
      onRedis('read a check run', () => redis.mgetBuffer(names.map(partKey)));
    return joinRun(record, partsOf).catch((error: unknown) => {
      if (isAcknetError(error)) throw error;
      return aside(runId, error);
    });
  }

  /** Parts go when their time is up: other runs may hold them too. */
  async function forgetOldest(newest: string): Promise<void> {
    await redis.zadd(orderKey, 'NX', await redis.incr(`${orderKey}:count`), newest);
    const old = await redis.zrange(orderKey, '0', String(-(keepMost + 1)));
    if (old.length === 0) return;
    await redis.unlink(...old.map(runKey));
    await redis.zrem(orderKey, ...old);
  }

  return {
    get,
    save: async (runId, run) => {
      const { record, parts } = await splitRun(run);
      await onRedis('keep a check run', async () => {
        const write = redis.multi();
        for (const [name, part] of parts) write.set(partKey(name), part, 'EX', ttl);
        for (const [error] of (await write.set(runKey(runId), record, 'EX', ttl).exec()) ?? [])
          if (error) throw error;
        await forgetOldest(runId);
      });
    },
    remember: async (runId, cluster) => {
      await onRedis('keep a check run', () => redis.set(lastKey(cluster), runId, 'EX', ttl));
    },
    last: async (cluster) => {
      const runId = await onRedis('read a check run', () => redis.get(lastKey(cluster)));
      const run = runId === null ? undefined : await get(runId);
      return runId !== null && run ? { runId, run } : undefined;
    },
  };
}
