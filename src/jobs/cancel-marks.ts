import type { RedisClient } from '../ops/connect-redis.js';
import { onRedis } from '../ops/on-redis.js';

/** Long enough for a run that still waits in its queue. */
const KEEP_SECONDS = 3600;

const keyOf = (prefix: string, runId: string): string => `${prefix}:cancel:${runId}`;

interface CancelMark {
  readonly redis: RedisClient;
  readonly prefix: string;
  readonly runId: string;
}

/** Any process may mark a run as cancelled; the worker that runs it, or will, sees the mark. */
export async function markCancelled({ redis, prefix, runId }: CancelMark): Promise<void> {
  await onRedis('cancel a check', () => redis.set(keyOf(prefix, runId), '1', 'EX', KEEP_SECONDS));
}

/** Calls `cancel` once the mark is seen; returns what ends the watch. */
export function watchCancelMark(mark: CancelMark & { everyMs: number }, cancel: () => void): () => void {
  let ended = false;
  let timer: NodeJS.Timeout | undefined;
  const look = async (): Promise<void> => {
    const marked = await mark.redis.exists(keyOf(mark.prefix, mark.runId)).catch(() => 0);
    if (ended) return;
    if (marked === 1) cancel();
    else timer = setTimeout(look, mark.everyMs);
  };
  void look();
  return () => {
    ended = true;
    clearTimeout(timer);
  };
}
