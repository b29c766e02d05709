import type { RedisClient } from '../../ops/connect-redis.js';
import { watchCancelMark } from '../cancel-marks.js';
import { takeClusterSlot } from '../cluster-slots.js';
import { Cancelled, type JobHandler, Postponed } from '../job-context.js';
import type { CheckJob } from '../queues/payloads.js';
import type { WorkerLimits } from './worker-limits.js';

interface CheckLimits {
  readonly redis: RedisClient;
  readonly prefix: string;
  readonly limits: Pick<WorkerLimits, 'checksPerCluster' | 'lockMs' | 'slotRetryMs'>;
}

/** A check waits for a free slot of its cluster, and ends early when someone cancels it. */
export function limitCheck(
  run: JobHandler<CheckJob>,
  { redis, prefix, limits }: CheckLimits,
): JobHandler<CheckJob> {
  return async (job, context) => {
    const release = await takeClusterSlot({
      redis,
      prefix,
      cluster: job.cluster,
      holder: job.runId,
      limit: limits.checksPerCluster,
      leaseMs: limits.lockMs,
    });
    if (!release) throw new Postponed(limits.slotRetryMs);
    const cancelled = new AbortController();
    const mark = { redis, prefix, runId: job.runId, everyMs: limits.slotRetryMs };
    const unwatch = watchCancelMark(mark, () => cancelled.abort(new Cancelled()));
    try {
      await run(job, { ...context, signal: AbortSignal.any([context.signal, cancelled.signal]) });
    } finally {
      unwatch();
      await release();
    }
  };
}
