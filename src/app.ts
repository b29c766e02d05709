import type { Registry } from 'prom-client';
import { type AppPorts, defaultTuning, type Tuning } from './app-ports.js';
import { buildHandlers } from './build-handlers.js';
import { buildListeners } from './build-listeners.js';
import { buildServices, type Core } from './build-services.js';
import type { Config } from './config/config.js';
import type { Inbound } from './intake/create-inbound-server.js';
import { addGauges } from './jobs/add-gauges.js';
import type { Queues } from './jobs/queues/queues.js';
import { startConfigWatch } from './jobs/configuration/start-config-watch.js';
import { startCredentialWatch } from './jobs/credentials/start-credential-watch.js';
import { keepSchedules } from './jobs/schedule/keep-schedules.js';
import { defaultWorkerLimits, startWorkers, type WorkerLimits, type Workers } from './jobs/start-workers.js';
import { mask } from './masking/mask.js';
import { checkpointKey } from './ops/audit/checkpoint-key.js';
import { startCheckpoints } from './ops/audit/start-checkpoints.js';
import { untilReachable } from './ops/connect-redis.js';
import type { Probes } from './ops/http-server.js';
import { createConfigReporter } from './slack/maintainers/create-config-reporter.js';
import { createCredentialReporter } from './slack/maintainers/create-credential-reporter.js';
import { warmUp } from './slack/questions/warm-up.js';
import { createScheduleReporter } from './slack/schedules/create-schedule-reporter.js';
import { type Bot, startBot } from './slack/wire/start-bot.js';

export type { AppPorts, Tuning } from './app-ports.js';

/** A part that can be started once; `stop` waits for what is under way, up to the grace given. */
export interface Part {
  /** Waits for Redis and Slack for as long as it takes; rejects once the signal aborts. */
  start(signal?: AbortSignal): Promise<void>;
  stop(graceMs: number): Promise<void>;
}

export interface AcknetApp {
  readonly bot: Part;
  readonly worker: Part;
  /** For a worker that is about to start: its first answers are as fast as later ones. Ends early once the signal aborts. */
  warmUp(signal: AbortSignal): Promise<void>;
  readonly queues: Queues;
  /** Adds what is counted in Redis at each scrape. */
  addGauges(registry: Registry): void;
  /** What its inbound port takes; nothing = it has none. */
  readonly inbound: Inbound;
  /** Of the parts that were started. */
  probes(): Probes;
  close(): Promise<void>;
}

/** Wires everything and starts nothing. */
export function buildApp(config: Config, ports: AppPorts): AcknetApp {
  const tuning: Tuning = { ...defaultTuning, ...ports.tuning };
  const core = buildServices(config, ports, tuning);
  if (config.auditKey === undefined)
    ports.logger.warn(
      {},
      'no ACKNET_AUDIT_KEY: whoever can write to Redis can forge approvals and the audit log',
    );
  const publicKey = checkpointKey(core.ledger.keyring)?.publicKey;
  if (publicKey !== undefined)
    ports.logger.info({ publicKey }, 'audit checkpoints are signed: acknet audit verify --public-key');
  const running: Running = {};
  const wanted = new Set<'bot' | 'worker'>();

  return {
    queues: core.queues,
    addGauges: (registry) =>
      addGauges({ registry, queues: core.queues.queues, store: core.store, now: ports.now }),
    inbound: {
      ...(config.inbound.slack && {
        slack: { listener: () => running.bot?.receive, logger: ports.logger, now: ports.now },
      }),
      ...alertsOf(core),
    },
    bot: {
      start: async (signal = never()) => {
        wanted.add('bot');
        running.bot = await startBot({
          connection: {
            ...config.slack,
            way: core.way,
            logger: ports.logger,
            onDroppedFrame: (why) => ports.metrics.droppedFrames.inc({ why: mask(why) }),
          },
          listen: buildListeners(core),
          signal,
        });
      },
      stop: async (graceMs) => running.bot?.stop(graceMs),
    },
    worker: {
      start: async (signal = never()) => {
        wanted.add('worker');
        await untilReachable(ports.redis, signal);
        const { redis, now, logger, metrics } = ports;
        const { prefix, checkpointMs } = tuning;
        const handlers = buildHandlers(core, { config, ports, tuning });
        const limits = workerLimits(config, tuning);
        running.workers = await startWorkers({
          connection: redis,
          prefix,
          handlers,
          limits,
          logger,
          metrics,
          trail: core.trail,
          telemetry: core.tracing.telemetry,
        });
        running.schedules = await keepSchedules({
          schedules: core.schedules,
          reporter: createScheduleReporter(core),
          redis,
          prefix,
          logger,
          everyMs: limits.sweepMs,
        });
        const { ledger } = core;
        running.checkpoints = await startCheckpoints({
          ledger,
          redis,
          prefix,
          now,
          logger,
          everyMs: checkpointMs,
        });
        running.credentials = startCredentialWatch({
          redis,
          prefix,
          now,
          logger,
          metrics,
          clusters: ports.clusters,
          credentials: () => credentialsOf(config),
          reporter: createCredentialReporter(core),
          everyMs: tuning.credentialLookMs,
        });
        if (ports.configState !== undefined)
          running.config = startConfigWatch({
            redis,
            prefix,
            now,
            logger,
            state: ports.configState,
            reporter: createConfigReporter(core),
            everyMs: tuning.configLookMs,
          });
      },
      stop: async (graceMs) => {
        running.schedules?.stop();
        await running.workers?.close(graceMs);
        const looked = Promise.all([running.credentials?.stop(), running.config?.stop()]);
        if (ports.redis.status === 'ready') await looked;
        if (ports.redis.status === 'ready') await running.checkpoints?.stop();
        running.workers = undefined;
      },
    },
    warmUp: (signal) => warmUp({ ...core, takeTurn: ports.knowledge.takeTurn }, signal),
    probes: () => ({
      redis: async () => void (await ports.redis.set(`${tuning.prefix}:probe`, ports.now().toISOString())),
      ...(wanted.has('bot') && {
        slack: async () => refuseUnless(running.bot?.connected() === true, 'not connected to Slack'),
      }),
      ...(wanted.has('worker') && {
        worker: async () => refuseUnless(running.workers !== undefined, 'the worker does not run'),
      }),
    }),
    close: async () => {
      core.editor.close();
      await core.queues.close();
      await core.fleets.close();
      await core.schedules.close();
    },
  };
}

const credentialsOf = ({ clusters }: Config) =>
  Object.entries(clusters).flatMap(([cluster, { fixer }]) => [
    { cluster, use: 'reader' } as const,
    ...(fixer === undefined ? [] : [{ cluster, use: 'fixer' } as const]),
  ]);

function alertsOf({ config, queues, metrics, logger, now }: Core): Pick<Inbound, 'alerts'> {
  const { alerts, alertsToken: token } = config;
  if (alerts === undefined || token === undefined) return {};
  return { alerts: { token, perMinute: alerts.perMinute, queues, metrics, logger, now } };
}

interface Running {
  bot?: Bot | undefined;
  workers?: Workers | undefined;
  checkpoints?: Awaited<ReturnType<typeof startCheckpoints>>;
  credentials?: ReturnType<typeof startCredentialWatch>;
  config?: ReturnType<typeof startConfigWatch>;
  schedules?: Awaited<ReturnType<typeof keepSchedules>>;
}

const never = (): AbortSignal => new AbortController().signal;

/** A dead worker's jobs go to another when its leases on clusters end too. */
const workerLimits = ({ checks, fixes }: Config, { workers }: Tuning): WorkerLimits => ({
  ...defaultWorkerLimits,
  checksPerCluster: checks.perCluster,
  lockMs: fixes.lockSeconds * 1000,
  stalledMs: fixes.lockSeconds * 500,
  ...workers,
});

function refuseUnless(ok: boolean, why: string): void {
  if (!ok) throw new Error(why);
}
