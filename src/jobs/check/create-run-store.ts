import { type CheckRun, checkRunSchema } from '../../engine/checking/check-run.js';
import type { RedisClient } from '../../ops/connect-redis.js';
import { onRedis } from '../../ops/on-redis.js';

/** Results of check runs: for details asked for later, and for "what is new since the last one". */
export interface RunStore {
  save(runId: string, run: CheckRun): Promise<void>;
  get(runId: string): Promise<CheckRun | undefined>;
  /** The last run of the whole catalogue over the whole cluster; others cannot be compared with. */
  last(cluster: string): Promise<{ readonly runId: string; readonly run: CheckRun } | undefined>;
  /** Makes a run the one that `last` returns. */
  remember(runId: string, cluster: string): Promise<void>;
}

export interface RunStoreOptions {
  readonly redis: RedisClient;
  readonly prefix: string;
  readonly keepDays?: number;
}

const DAY_SECONDS = 86_400;

export function createRunStore({ redis, prefix, keepDays = 14 }: RunStoreOptions): RunStore {
  const runKey = (runId: string): string => `${prefix}:run:${runId}`;
  const lastKey = (cluster: string): string => `${prefix}:run-last:${cluster}`;
  const ttl = keepDays * DAY_SECONDS;

  async function get(runId: string): Promise<CheckRun | undefined> {
    const text = await onRedis('read a check run', () => redis.get(runKey(runId)));
    return text === null ? undefined : checkRunSchema.parse(JSON.parse(text));
  }

  return {
    get,
    save: async (runId, run) => {
      await onRedis('keep a check run', () => redis.set(runKey(runId), JSON.stringify(run), 'EX', ttl));
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
