import { setTimeout as sleep } from 'node:timers/promises';
import type { Job, Worker } from 'bullmq';
import type { z } from 'zod';
import type { RedisClient } from '../ops/connect-redis.js';
import { createActiveJobs } from './active-jobs.js';
import { type AlertTask, alertTaskOf } from './alerts/alert-task.js';
import { type CardTask, cardTaskOf } from './fix/card-task.js';
import { keepSweepScheduled } from './fix/keep-sweep-scheduled.js';
import { type FleetTask, fleetTaskOf } from './fleet/fleet-task.js';
import type { JobHandler } from './job-context.js';
import { parsePayload } from './queues/parse-payload.js';
import {
  type CheckJob,
  checkJobSchema,
  type FixJob,
  fixJobSchema,
  type QuestionJob,
  questionJobSchema,
} from './queues/payloads.js';
import type { QueueName } from './queues/queue-names.js';
import { type ScheduleTask, scheduleTaskOf } from './schedule/schedule-task.js';
import { duplicateForWorkers } from './worker-connection.js';
import { limitCheck } from './workers/limit-check.js';
import { startWorker, type Work, type WorkerOptions } from './workers/start-worker.js';

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

interface WorkersOptions extends WorkerOptions {
  readonly connection: RedisClient;
  readonly handlers: Handlers;
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
  const { handlers, prefix, limits, logger } = options;
  const check = limitCheck(anyCheck(handlers), { redis: options.connection, prefix, limits });
  const workers = [
    start('checks', { parse: payloadOf(checkJobSchema, 'check'), handler: check }),
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
    prefix,
    logger,
    everyMs: limits.sweepMs,
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

const payloadOf =
  <T>(schema: z.ZodType<T>, kind: string) =>
  (job: Job): T =>
    parsePayload(schema, job.data, kind);

/** Alone, or as one cluster's part in a fleet. */
const anyCheck =
  ({ check, fleetCheck }: Handlers): JobHandler<CheckJob> =>
  (job, context) => {
    const { fleet } = job;
    return fleet === undefined ? check(job, context) : fleetCheck({ ...job, fleet }, context);
  };
