import type { QueueName } from '../queues/queue-names.js';

export interface WorkerLimits {
  /** Check runs of one cluster at a time, over all workers. */
  readonly checksPerCluster: number;
  /** Jobs at a time in this process. */
  readonly concurrency: Readonly<Record<QueueName, number>>;
  /** After so long without a sign of life of its worker, a job goes to another. */
  readonly lockMs: number;
  /** How often workers look for such jobs. */
  readonly stalledMs: number;
  /** Pause before a check looks again for a free slot of its cluster, and between looks for a cancellation. */
  readonly slotRetryMs: number;
  /** First pause after a failed attempt; doubles each time, up to 30 s. */
  readonly backoffMs: number;
  readonly attempts: number;
  /** Workers that may die with a job before it is given up. */
  readonly maxStalls: number;
  /** How often what fell due, or between two stools, is looked for. */
  readonly sweepMs: number;
}

export const defaultWorkerLimits: WorkerLimits = {
  checksPerCluster: 2,
  concurrency: {
    checks: 4,
    fixes: 4,
    questions: 16,
    cards: 8,
    fleets: 4,
    homes: 1,
    alerts: 4,
    schedules: 2,
  },
  lockMs: 30_000,
  stalledMs: 15_000,
  slotRetryMs: 500,
  backoffMs: 1000,
  attempts: 6,
  maxStalls: 5,
  sweepMs: 30_000,
};
