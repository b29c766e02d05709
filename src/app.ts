import type { Registry } from 'prom-client';
import type { Config } from './config/config.js';
import type { Inbound } from './intake/create-inbound-server.js';
import { addGauges } from './jobs/add-gauges.js';
import type { Queues } from './jobs/queues/queues.js';
import { checkpointKey } from './ops/audit/checkpoint-key.js';
import type { Probes } from './ops/http-server.js';
import type { Logger } from './ops/log.js';
import { warmUp } from './slack/questions/warm-up.js';
import { openSilentSlack } from './slack/wire/rehearsal/open-silent-slack.js';
import { type AppPorts, defaultTuning, type Given, type Tuning } from './wiring/app-ports.js';
import { buildMentionRehearsal } from './wiring/rehearsal/build-mention-rehearsal.js';
import { buildRehearsal } from './wiring/rehearsal/build-rehearsal.js';
import { buildServices, type Core } from './wiring/build-services.js';
import { createBotPart } from './wiring/create-bot-part.js';
import { createWorkerPart, workerLimits } from './wiring/create-worker-part.js';
import type { Part } from './wiring/part.js';

export type { AppPorts, Tuning } from './wiring/app-ports.js';
export type { Part } from './wiring/part.js';

export interface AcknetApp {
  readonly bot: Part;
  readonly worker: Part;
  /** For a part that is about to start: its first answers are as fast as later ones. Ends early once the signal aborts. */
  warmUp(part: Part, signal: AbortSignal): Promise<void>;
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
  const given = { config, ports, tuning };
  const core = buildServices(given);
  tellOfKeys(core, ports.logger);
  const { queues, store, editor, fleets, schedules, now, logger } = core;
  const bot = createBotPart(core);
  const worker = createWorkerPart(core, given);
  const probeRedis = async () => void (await ports.redis.set(`${tuning.prefix}:probe`, now().toISOString()));

  return {
    queues,
    addGauges: (registry) => addGauges({ registry, queues: queues.queues, store, now }),
    inbound: {
      slack: config.inbound.slack ? { listener: bot.receive, logger, now } : undefined,
      alerts: alertsOf(core),
    },
    bot,
    worker,
    warmUp: async (part, signal) => {
      if (part === bot) await buildMentionRehearsal(core, given)(signal);
      else await warmUpWorker(core, given, signal);
    },
    probes: () => ({ redis: probeRedis, ...bot.probes(), ...worker.probes() }),
    close: async () => {
      editor.close();
      await queues.close();
      await fleets.close();
      await schedules.close();
    },
  };
}

async function warmUpWorker(core: Core, given: Given, signal: AbortSignal): Promise<void> {
  const { apiUrl, close } = await openSilentSlack();
  const stage = { limits: workerLimits(given), apiUrl };
  await warmUp(buildRehearsal(core, given, stage), signal).finally(close);
}

function tellOfKeys({ config, ledger }: Core, logger: Logger): void {
  if (config.auditKey === undefined)
    logger.warn({}, 'no ACKNET_AUDIT_KEY: whoever can write to Redis can forge approvals and the audit log');
  const publicKey = checkpointKey(ledger.keyring)?.publicKey;
  if (publicKey !== undefined)
    logger.info({ publicKey }, 'audit checkpoints are signed: acknet audit verify --public-key');
}

function alertsOf({ config, queues, metrics, logger, now }: Core): Inbound['alerts'] {
  const { alerts, alertsToken: token } = config;
  if (alerts === undefined || token === undefined) return undefined;
  return { token, perMinute: alerts.perMinute, queues, metrics, logger, now };
}
