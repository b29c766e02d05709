import { type Job, type Telemetry, Worker } from 'bullmq';
import { mask } from '../../masking/mask.js';
import type { RedisClient } from '../../ops/connect-redis.js';
import type { Logger } from '../../ops/log.js';
import type { Metrics } from '../../ops/metrics.js';
import type { Trail } from '../../ops/trail.js';
import type { ActiveJobs } from '../active-jobs.js';
import type { JobHandler } from '../job-context.js';
import { tracedBy } from '../queues/job-options.js';
import type { QueueName } from '../queues/queue-names.js';
import { runJob } from '../run-job.js';
import type { WorkerLimits } from './worker-limits.js';

export interface WorkerOptions {
  readonly prefix: string;
  readonly limits: WorkerLimits;
  readonly logger: Logger;
  readonly metrics: Pick<Metrics, 'jobs'>;
  readonly trail: Pick<Trail, 'follow'>;
  readonly telemetry?: Telemetry | undefined;
}

export interface Work<T> {
  readonly parse: (job: Job) => T;
  readonly handler: JobHandler<T>;
}

interface WorkerParts<T> {
  readonly queue: QueueName;
  readonly work: Work<T>;
  readonly connection: RedisClient;
  readonly active: ActiveJobs;
}

/** The worker of one queue; what it does is told in the log and the metrics. */
export function startWorker<T>(options: WorkerOptions, parts: WorkerParts<T>): Worker {
  const { limits } = options;
  const { queue, work, connection, active } = parts;
  const worker = new Worker(
    queue,
    (job, token) =>
      options.trail.follow({ queue, job: job.id ?? job.name }, () =>
        runJob({ job, token, limits, active, key: `${queue} ${job.id}`, ...work }),
      ),
    {
      connection,
      prefix: options.prefix,
      ...tracedBy(options.telemetry),
      concurrency: limits.concurrency[queue],
      lockDuration: limits.lockMs,
      stalledInterval: limits.stalledMs,
      // runJob gives such a job up itself, so that someone is told.
      maxStalledCount: 1_000_000,
      runRetryDelay: 1000,
      drainDelay: 2,
      settings: { backoffStrategy: (attempt) => Math.min(30_000, limits.backoffMs * 2 ** (attempt - 1)) },
    },
  );
  tell(worker, options, parts);
  return worker;
}

function tell<T>(
  worker: Worker,
  { logger, metrics }: WorkerOptions,
  { queue, connection, active }: WorkerParts<T>,
): void {
  // Redis being away has its own line, said once by the connection.
  worker.on('error', (error) =>
    logger[connection.status === 'ready' ? 'warn' : 'debug']({ err: error, queue }, 'queue worker failed'),
  );
  worker.on('stalled', (jobId) => logger.warn({ queue, jobId }, 'took over a job whose worker is gone'));
  worker.on('lockRenewalFailed', (jobIds) => {
    for (const jobId of jobIds) active.handOver(`${queue} ${jobId}`);
  });
  worker.on('completed', () => metrics.jobs.inc({ queue: mask(queue), result: 'done' }));
  worker.on('failed', (job, error) => {
    const result = job?.finishedOn === undefined ? 'retried' : 'failed';
    metrics.jobs.inc({ queue: mask(queue), result });
    logger.warn({ queue, jobId: job?.id, attempt: job?.attemptsMade, result, err: error }, 'job failed');
  });
}
