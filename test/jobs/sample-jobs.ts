import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { createQueues } from '../../src/jobs/queues/create-queues.ts';
import { type Handlers, startWorkers } from '../../src/jobs/start-workers.ts';
import { defaultWorkerLimits, type WorkerLimits } from '../../src/jobs/workers/worker-limits.ts';
import { createMetrics } from '../../src/ops/metrics.ts';
import { createTrail } from '../../src/ops/trail.ts';
import { quietLogger } from '../support/quiet-logger.ts';

export const checkRequest = {
  cluster: 'cluster-x',
  checks: [] as string[],
  scope: { namespaces: [] as string[] },
  requestedBy: { user: 'U0ASKER', team: 'T0HOME' },
  channel: 'C0OPS',
};

export const question = {
  channel: 'C0OPS',
  ts: '1700000000.000100',
  text: 'why?',
  asker: { user: 'U0ASKER', team: 'T0HOME' },
  surface: 'mention' as const,
};

/** Short enough for tests; the relations are those of the defaults. */
export const quickLimits: WorkerLimits = {
  ...defaultWorkerLimits,
  lockMs: 400,
  stalledMs: 100,
  slotRetryMs: 20,
  backoffMs: 10,
  attempts: 3,
  sweepMs: 60_000,
};

const idle = async (): Promise<void> => undefined;

export function openQueues(connection: Redis, prefix: string) {
  return createQueues({ connection, prefix, now: () => new Date(), newId: randomUUID, showEveryMs: 20 });
}

export async function openWorkers(
  connection: Redis,
  prefix: string,
  { limits, ...handlers }: Partial<Handlers> & { limits?: Partial<WorkerLimits> } = {},
) {
  const logger = quietLogger();
  const metrics = createMetrics();
  const workers = await startWorkers({
    connection,
    prefix,
    logger,
    metrics,
    trail: createTrail(),
    handlers: {
      check: idle,
      fix: idle,
      question: idle,
      card: idle,
      fleet: idle,
      fleetCheck: idle,
      home: idle,
      alert: idle,
      schedule: idle,
      ...handlers,
    },
    limits: { ...quickLimits, ...limits },
  });
  return { ...workers, logger, metrics };
}
