import type { Config } from '../config/config.js';
import { startConfigWatch } from '../jobs/configuration/start-config-watch.js';
import { startCredentialWatch } from '../jobs/credentials/start-credential-watch.js';
import { keepSchedules } from '../jobs/schedule/keep-schedules.js';
import { startWorkers, type Workers } from '../jobs/start-workers.js';
import { defaultWorkerLimits, type WorkerLimits } from '../jobs/workers/worker-limits.js';
import { startCheckpoints } from '../ops/audit/start-checkpoints.js';
import { untilReachable } from '../ops/connect-redis.js';
import { createConfigReporter } from '../slack/maintainers/create-config-reporter.js';
import { createCredentialReporter } from '../slack/maintainers/create-credential-reporter.js';
import { createScheduleReporter } from '../slack/schedules/create-schedule-reporter.js';
import type { Given } from './app-ports.js';
import { buildHandlers } from './build-handlers.js';
import type { Core } from './build-services.js';
import { never, type ProbedPart, refuseUnless } from './part.js';

interface Running {
  workers?: Workers | undefined;
  schedules?: Awaited<ReturnType<typeof keepSchedules>>;
  checkpoints?: Awaited<ReturnType<typeof startCheckpoints>>;
  credentials?: ReturnType<typeof startCredentialWatch>;
  config?: ReturnType<typeof startConfigWatch> | undefined;
}

/** What runs jobs, and looks after what no job does: schedules, checkpoints, credentials that end, changed files. */
export function createWorkerPart(core: Core, given: Given): ProbedPart {
  const { redis } = given.ports;
  const limits = workerLimits(given);
  const running: Running = {};
  let isWanted = false;
  const probe = async () => refuseUnless(running.workers !== undefined, 'the worker does not run');
  return {
    start: async (signal = never(), after) => {
      isWanted = true;
      await after;
      signal.throwIfAborted();
      await untilReachable(redis, signal);
      // Each is noted as it starts: what fails half-way is stopped as well.
      running.workers = await startJobs(core, given, limits);
      running.schedules = await startSchedules(core, given, limits);
      running.checkpoints = await startSigning(core, given);
      running.credentials = watchCredentials(core, given);
      running.config = watchConfig(core, given);
    },
    stop: async (graceMs) => {
      running.schedules?.stop();
      await running.workers?.close(graceMs);
      const looked = Promise.all([running.credentials?.stop(), running.config?.stop()]);
      if (redis.status === 'ready') await looked;
      if (redis.status === 'ready') await running.checkpoints?.stop();
      running.workers = undefined;
    },
    probes: () => (isWanted ? { worker: probe } : {}),
  };
}

const startJobs = (core: Core, given: Given, limits: WorkerLimits) =>
  startWorkers({
    connection: given.ports.redis,
    prefix: given.tuning.prefix,
    handlers: buildHandlers(core, given),
    limits,
    logger: core.logger,
    metrics: core.metrics,
    trail: core.trail,
    telemetry: core.tracing.telemetry,
  });

const startSchedules = (core: Core, { ports, tuning }: Given, { sweepMs }: WorkerLimits) =>
  keepSchedules({
    schedules: core.schedules,
    reporter: createScheduleReporter(core),
    redis: ports.redis,
    prefix: tuning.prefix,
    logger: core.logger,
    everyMs: sweepMs,
  });

const startSigning = ({ ledger, now, logger }: Core, { ports, tuning }: Given) =>
  startCheckpoints({
    ledger,
    redis: ports.redis,
    prefix: tuning.prefix,
    now,
    logger,
    everyMs: tuning.checkpointMs,
  });

const watchCredentials = (core: Core, { config, ports, tuning }: Given) =>
  startCredentialWatch({
    redis: ports.redis,
    prefix: tuning.prefix,
    now: core.now,
    logger: core.logger,
    metrics: core.metrics,
    clusters: ports.clusters,
    credentials: () => credentialsOf(config),
    reporter: createCredentialReporter(core),
    everyMs: tuning.credentialLookMs,
  });

/** undefined = nobody says what became of the files. */
const watchConfig = (core: Core, { ports: { redis, configState: state }, tuning }: Given) =>
  state &&
  startConfigWatch({
    redis,
    prefix: tuning.prefix,
    now: core.now,
    logger: core.logger,
    state,
    reporter: createConfigReporter(core),
    everyMs: tuning.configLookMs,
  });

const credentialsOf = ({ clusters }: Config) =>
  Object.entries(clusters).flatMap(([cluster, { fixer }]) => [
    { cluster, use: 'reader' } as const,
    ...(fixer === undefined ? [] : [{ cluster, use: 'fixer' } as const]),
  ]);

/** A dead worker's jobs go to another when its leases on clusters end too. */
export const workerLimits = ({ config: { checks, fixes }, tuning }: Given): WorkerLimits => ({
  ...defaultWorkerLimits,
  checksPerCluster: checks.perCluster,
  lockMs: fixes.lockSeconds * 1000,
  stalledMs: fixes.lockSeconds * 500,
  ...tuning.workers,
});
