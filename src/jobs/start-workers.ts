import { setTimeout as sleep } from 'node:timers/promises';
import { type Job, Worker, type Telemetry } from 'bullmq';
import type { z } from 'zod';
import { mask } from '../masking/mask.js';
import type { RedisClient } from '../ops/connect-redis.js';
import type { Logger } from '../ops/log.js';
import type { Metrics } from '../ops/metrics.js';
import type { Trail } from '../ops/trail.js';
import { type ActiveJobs, createActiveJobs } from './active-jobs.js';
import { watchCancelMark } from './cancel-marks.js';
import { takeClusterSlot } from './cluster-slots.js';
import { type AlertTask, alertTaskOf } from './alerts/alert-task.js';
import { type CardTask, cardTaskOf } from './fix/card-task.js';
import { keepSweepScheduled } from './fix/keep-sweep-scheduled.js';
import { type FleetTask, fleetTaskOf } from './fleet/fleet-task.js';
import { Cancelled, type JobHandler, Postponed } from './job-context.js';
import { parsePayload } from './queues/parse-payload.js';
import {
  type CheckJob,
  checkJobSchema,
  type FixJob,
  fixJobSchema,
  type QuestionJob,
  questionJobSchema,
} from './queues/payloads.js';
import { tracedBy } from './queues/job-options.js';
import type { QueueName } from './queues/queue-names.js';
import { runJob } from './run-job.js';
import { type ScheduleTask, scheduleTaskOf } from './schedule/schedule-task.js';
import { duplicateForWorkers } from './worker-connection.js';

export interface Handlers {
  readonly check: JobHandler<CheckJob>;
  /** A check that is one cluster's part in a fleet. */
  readonly fleetCheck: JobHandler<CheckJob & { readonly fleet: string }>;
  readonly fix: JobHandler<FixJob>;
  readonly question: JobHandler<QuestionJob>;
  readonly card: JobHandler<CardTask>;
  readonly fleet: JobHandler<FleetTask>;
  readonly home: JobHandler<object>;
  readonly alert: JobHandler<AlertTask>;
  readonly schedule: JobHandler<ScheduleTask>;
}

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

interface WorkersOptions {
  readonly connection: RedisClient;
  readonly prefix: string;
  readonly handlers: Handlers;
  readonly limits: WorkerLimits;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly trail: Pick<Trail, 'follow'>;
  readonly telemetry?: Telemetry | undefined;
}

export interface Workers {
  /** Takes nothing new; lets what runs finish within the time given, then hands it over to other workers. */
  close(graceMs: number): Promise<void>;
}

/** How long a job may take to let go once it is to be handed over. */
const LET_GO_MS = 5000;
/** The same while Redis is away. */
const AWAY_MS = 300;

export async function startWorkers(options: WorkersOptions): Promise<Workers> {
  const connection = duplicateForWorkers(options.connection);
  connection.on('error', (error: Error) => options.logger.debug({ err: error }, 'worker connection failed'));
  const active = createActiveJobs();
  const start = <T>(queue: QueueName, work: Work<T>): Worker =>
    startWorker(options, { queue, work, connection, active });
  const { handlers } = options;
  const workers = [
    start('checks', { parse: payloadOf(checkJobSchema, 'check'), handler: limitedCheck(options) }),
    start('fixes', { parse: payloadOf(fixJobSchema, 'fix'), handler: handlers.fix }),
    start('questions', { parse: payloadOf(questionJobSchema, 'question'), handler: handlers.question }),
    start('cards', { parse: cardTaskOf, handler: handlers.card }),
    start('fleets', { parse: fleetTaskOf, handler: handlers.fleet }),
    start('homes', { parse: () => ({}), handler: handlers.home }),
    start('alerts', { parse: alertTaskOf, handler: handlers.alert }),
    start('schedules', { parse: scheduleTaskOf, handler: handlers.schedule }),
  ];
  const sweeps = await keepSweepScheduled({
    connection: options.connection,
    prefix: options.prefix,
    logger: options.logger,
    everyMs: options.limits.sweepMs,
  });

  return {
    close: async (wantedMs) => {
      // Without Redis nothing that runs can be brought to its end, nor handed over in an orderly way.
      const isAway = connection.status !== 'ready';
      const [graceMs, letGoMs] = isAway ? [0, AWAY_MS] : [wantedMs, LET_GO_MS];
      const late = setTimeout(() => active.handOverAll(), graceMs);
      const tooLate = new AbortController();
      const closed = Promise.all([sweeps.stop(), ...workers.map((worker) => worker.close())]);
      closed.catch(() => undefined);
      await Promise.race([
        closed,
        sleep(graceMs + letGoMs, undefined, { signal: tooLate.signal }).catch(() => undefined),
      ]);
      tooLate.abort();
      clearTimeout(late);
      connection.disconnect();
    },
  };
}

interface Work<T> {
  readonly parse: (job: Job) => T;
  readonly handler: JobHandler<T>;
}

interface WorkerParts<T> {
  readonly queue: QueueName;
  readonly work: Work<T>;
  readonly connection: RedisClient;
  readonly active: ActiveJobs;
}

function startWorker<T>(options: WorkersOptions, parts: WorkerParts<T>): Worker {
  const { limits, logger, metrics } = options;
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
  return worker;
}

const payloadOf =
  <T>(schema: z.ZodType<T>, kind: string) =>
  (job: Job): T =>
    parsePayload(schema, job.data, kind);

/** A check waits for a free slot of its cluster, and ends early when someone cancels it. */
function limitedCheck({ connection: redis, prefix, handlers, limits }: WorkersOptions): JobHandler<CheckJob> {
  return async (job, context) => {
    const slot = { redis, prefix, cluster: job.cluster, holder: job.runId };
    const release = await takeClusterSlot({
      ...slot,
      limit: limits.checksPerCluster,
      leaseMs: limits.lockMs,
    });
    if (!release) throw new Postponed(limits.slotRetryMs);
    const cancelled = new AbortController();
    const mark = { redis, prefix, runId: job.runId, everyMs: limits.slotRetryMs };
    const unwatch = watchCancelMark(mark, () => cancelled.abort(new Cancelled()));
    try {
      const limited = { ...context, signal: AbortSignal.any([context.signal, cancelled.signal]) };
      const { fleet } = job;
      await (fleet === undefined
        ? handlers.check(job, limited)
        : handlers.fleetCheck({ ...job, fleet }, limited));
    } finally {
      unwatch();
      await release();
    }
  };
}
