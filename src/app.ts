import { setTimeout as sleep } from 'node:timers/promises';
import { createApprovals } from './approvals/create-approvals.js';
import { createClusterLock } from './approvals/create-cluster-lock.js';
import { createMutes } from './approvals/create-mutes.js';
import { createProposalStore } from './approvals/create-proposal-store.js';
import type { Check } from './checks/define-check.js';
import type { Clusters } from './cluster/ports.js';
import type { Config } from './config.js';
import type { Intent, Matcher } from './intents/intent.js';
import { createFleetBoard } from './jobs/create-fleet-board.js';
import { createFleetFlow } from './jobs/create-fleet-flow.js';
import { createQueues, type Queues } from './jobs/create-queues.js';
import { createRunStore } from './jobs/create-run-store.js';
import { createCardHandler } from './jobs/run-card-job.js';
import { createCheckHandler } from './jobs/run-check-job.js';
import { createFixHandler } from './jobs/run-fix-job.js';
import { createFleetCheckHandler } from './jobs/run-fleet-check-job.js';
import { createFleetHandler } from './jobs/run-fleet-job.js';
import { createQuestionHandler } from './jobs/run-question-job.js';
import { defaultWorkerLimits, startWorkers, type WorkerLimits, type Workers } from './jobs/start-workers.js';
import { createAuditLog } from './ops/audit-log.js';
import type { RedisClient } from './ops/connect-redis.js';
import type { Probes } from './ops/http-server.js';
import { createLedger } from './ops/ledger.js';
import type { Logger } from './ops/log.js';
import type { Metrics } from './ops/metrics.js';
import { startCheckpoints } from './ops/start-checkpoints.js';
import type { Remediation } from './remediations/define-remediation.js';
import { createClusterFacts } from './slack/cluster-facts.js';
import { createCardPresenter } from './slack/create-card-presenter.js';
import { createCheckReporter } from './slack/create-check-reporter.js';
import { createClients } from './slack/create-clients.js';
import { createDirectory } from './slack/create-directory.js';
import { createEditor } from './slack/create-editor.js';
import { createFleetReporter } from './slack/create-fleet-reporter.js';
import { createPoster } from './slack/create-poster.js';
import { createQuestionResponder } from './slack/create-question-responder.js';
import { createExchangeStore } from './slack/exchange-store.js';
import { createIntentCatalog } from './slack/intent-catalog.js';
import { createQuestionRecords } from './slack/question-records.js';
import { createSeenEvents } from './slack/seen-events.js';
import type { SlackServices } from './slack/slack-services.js';
import { type Bot, startBot } from './slack/start-bot.js';

export interface AppPorts {
  readonly clusters: Clusters;
  /** The caller's: `close` leaves it open. */
  readonly redis: RedisClient;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly now: () => Date;
  /** A new opaque id each time, fit for buttons. */
  readonly newId: () => string;
  readonly knowledge: { readonly intents: readonly Intent[]; readonly matcher: Matcher };
  readonly checks: readonly Check[];
  readonly remediations: readonly Remediation[];
  readonly tuning?: Partial<Tuning>;
}

export interface Tuning {
  /** Redis hash tag of every key. */
  readonly prefix: string;
  readonly workers: Partial<WorkerLimits>;
  /** Between two edits of one progress message, and between any two. */
  readonly editEveryMs: number;
  readonly editGlobalMs: number;
  /** How long an answer waits for facts of a cluster. */
  readonly factsMs: number;
  /** Before a fix asks again for its cluster's lock. */
  readonly busyRetryMs: number;
  readonly checkpointMs: number;
  /** How a fix waits, e.g. for its first node to settle; rejects when the signal aborts. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
}

const defaultTuning: Tuning = {
  prefix: '{acknet}',
  workers: {},
  editEveryMs: 2000,
  editGlobalMs: 1200,
  factsMs: 500,
  busyRetryMs: 2000,
  checkpointMs: 3_600_000,
  wait: (ms, signal) => sleep(ms, undefined, { signal }),
};

/** A part that can be started once; `stop` waits for what is under way, up to the grace given. */
export interface Part {
  start(): Promise<void>;
  stop(graceMs: number): Promise<void>;
}

export interface AcknetApp {
  readonly bot: Part;
  readonly worker: Part;
  readonly queues: Queues;
  readonly services: SlackServices;
  /** Of the parts that were started. */
  probes(): Probes;
  close(): Promise<void>;
}

/** Wires everything and starts nothing. */
export function buildApp(config: Config, ports: AppPorts): AcknetApp {
  const tuning: Tuning = { ...defaultTuning, ...ports.tuning };
  const core = buildServices(config, ports, tuning);
  const editor = createEditor({
    client: core.clients.edits,
    logger: ports.logger,
    now: ports.now,
    everyMs: tuning.editEveryMs,
    globalEveryMs: tuning.editGlobalMs,
  });
  let bot: Bot | undefined;
  let workers: Workers | undefined;
  let checkpoints: { stop(): Promise<void> } | undefined;

  return {
    queues: core.services.queues,
    services: core.services,
    bot: {
      start: async () => {
        bot = await startBot(core.services);
      },
      stop: async (graceMs) => bot?.stop(graceMs),
    },
    worker: {
      start: async () => {
        const handlers = buildHandlers(core, { config, ports, tuning, editor });
        workers = await startWorkers({
          ...{
            connection: ports.redis,
            prefix: tuning.prefix,
            handlers,
            limits: workerLimits(config, tuning),
          },
          ...{ logger: ports.logger, metrics: ports.metrics },
        });
        checkpoints = await startCheckpoints({ ...core.audited, everyMs: tuning.checkpointMs });
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
      editor.close();
      await core.services.queues.close();
      await core.services.fleets.close();
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

type Core = ReturnType<typeof buildServices>;

function buildServices(config: Config, ports: AppPorts, tuning: Tuning) {
  const { redis, logger, metrics, now, newId, clusters, checks, remediations, knowledge } = ports;
  const { prefix } = tuning;
  const keyed = { redis, prefix };
  const clients = createClients({ token: config.slack.botToken, apiUrl: config.slack.apiUrl, logger });
  const ledger = createLedger({ ...keyed, logger, auditKey: config.auditKey });
  const queues = createQueues({ connection: redis, prefix, now, newId });
  const store = createProposalStore({
    ...{ ...keyed, ledger, now },
    onMoved: ({ state, undoes }) => {
      metrics.proposals.inc({ state });
      if (undoes !== undefined) refreshCard(queues, undoes, logger);
    },
  });
  const directory = createDirectory({ client: clients.replies, ...keyed });
  const approvals = createApprovals({ store, audit: createAuditLog(ledger), config, directory, now });
  const services: SlackServices = {
    ...{
      config,
      checks,
      remediations,
      clusters,
      store,
      approvals,
      directory,
      queues,
      logger,
      metrics,
      now,
      newId,
    },
    matcher: knowledge.matcher,
    catalog: createIntentCatalog(knowledge.intents, checks),
    facts: createClusterFacts({ clusters, ...keyed, now, patienceMs: tuning.factsMs }),
    mutes: createMutes({ prefix, ledger, now }),
    runs: createRunStore(keyed),
    exchanges: createExchangeStore(redis, prefix),
    records: createQuestionRecords(redis, prefix),
    seen: createSeenEvents(redis, prefix),
    fleets: createFleetFlow({ connection: redis, prefix, now, newId, showEveryMs: tuning.editEveryMs }),
    client: clients.replies,
    poster: createPoster({ client: clients.posts, ...keyed }),
  };
  return { services, store, clients, audited: { ledger, ...keyed, now, logger } };
}

/** When an undo moves, what the card of the undone change may offer changes too. */
function refreshCard(queues: Queues, proposalId: string, logger: Logger): void {
  queues
    .card({ proposalId })
    .catch((error: unknown) => logger.warn({ err: error, proposalId }, 'card not refreshed'));
}

interface HandlerParts {
  readonly config: Config;
  readonly ports: AppPorts;
  readonly tuning: Tuning;
  readonly editor: ReturnType<typeof createEditor>;
}

function buildHandlers({ services, store }: Core, { config, ports, tuning, editor }: HandlerParts) {
  const { redis, now, newId, metrics, logger, clusters, checks, remediations } = ports;
  const { approvals, queues, runs, mutes, fleets } = services;
  const { prefix } = tuning;
  const deadlineMs = config.checks.deadlineSeconds * 1000;
  const leaseMs = config.fixes.lockSeconds * 1000;
  const board = createFleetBoard({ redis, prefix });
  const common = { clusters, checks, remediations, store, approvals, queues, now };
  return {
    check: createCheckHandler({
      ...{ ...common, runs, mutes, newId, deadlineMs, metrics },
      reporter: createCheckReporter(services, editor),
    }),
    fleetCheck: createFleetCheckHandler({
      ...{ ...common, runs, mutes, board, fleets, deadlineMs, metrics },
    }),
    fleet: createFleetHandler({
      ...{ fleets, board, queues, redis, prefix, leaseMs, logger },
      reporter: createFleetReporter(services),
    }),
    fix: createFixHandler({
      ...{ ...common, deadlineMs, logger },
      lock: createClusterLock({ redis, prefix, leaseMs }),
      limits: { ...config.fixes, busyRetryMs: tuning.busyRetryMs },
      wait: tuning.wait,
    }),
    question: createQuestionHandler({ responder: createQuestionResponder(services) }),
    card: createCardHandler({
      ...{ store, approvals, queues, redis, prefix, leaseMs, now, logger },
      presenter: createCardPresenter(services),
    }),
  };
}
