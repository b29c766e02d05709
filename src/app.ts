import { type AppPorts, defaultTuning, type Tuning } from './app-ports.js';
import { buildHandlers } from './build-handlers.js';
import { buildListeners } from './build-listeners.js';
import { buildServices } from './build-services.js';
import type { Config } from './config.js';
import type { Queues } from './jobs/create-queues.js';
import { defaultWorkerLimits, startWorkers, type WorkerLimits, type Workers } from './jobs/start-workers.js';
import { startCheckpoints } from './ops/audit/start-checkpoints.js';
import type { Probes } from './ops/http-server.js';
import { type Bot, startBot } from './slack/wire/start-bot.js';

export type { AppPorts, Tuning } from './app-ports.js';

/** A part that can be started once; `stop` waits for what is under way, up to the grace given. */
export interface Part {
  start(): Promise<void>;
  stop(graceMs: number): Promise<void>;
}

export interface AcknetApp {
  readonly bot: Part;
  readonly worker: Part;
  readonly queues: Queues;
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
  let bot: Bot | undefined;
  let workers: Workers | undefined;
  let checkpoints: { stop(): Promise<void> } | undefined;

  return {
    queues: core.queues,
    bot: {
      start: async () => {
        bot = await startBot({
          connection: {
            ...config.slack,
            logger: ports.logger,
            onDroppedFrame: (why) => ports.metrics.droppedFrames.inc({ why }),
          },
          listen: buildListeners(core),
        });
      },
      stop: async (graceMs) => bot?.stop(graceMs),
    },
    worker: {
      start: async () => {
        const handlers = buildHandlers(core, { config, ports, tuning });
        workers = await startWorkers({
          ...{
            connection: ports.redis,
            prefix: tuning.prefix,
            handlers,
            limits: workerLimits(config, tuning),
          },
          logger: ports.logger,
          metrics: ports.metrics,
        });
        checkpoints = await startCheckpoints({
          ledger: core.ledger,
          redis: ports.redis,
          prefix: tuning.prefix,
          now: ports.now,
          logger: ports.logger,
          everyMs: tuning.checkpointMs,
        });
      },
      stop: async (graceMs) => {
        await workers?.close(graceMs);
        await checkpoints?.stop();
        workers = undefined;
      },
    },
    probes: () => ({
      redis: async () => void (await ports.redis.set(`${tuning.prefix}:probe`, ports.now().toISOString())),
      ...(bot && { slack: async () => refuseUnless(bot?.connected() === true, 'not connected to Slack') }),
      ...(checkpoints && {
        worker: async () => refuseUnless(workers !== undefined, 'the worker has stopped'),
      }),
    }),
    close: async () => {
      core.editor.close();
      await core.queues.close();
      await core.fleets.close();
    },
  };
}

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
