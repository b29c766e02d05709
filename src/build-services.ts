import { setTimeout as sleep } from 'node:timers/promises';
import type { AppPorts, Tuning } from './app-ports.js';
import { bindClusters } from './approvals/bind-clusters.js';
import { createApprovals } from './approvals/create-approvals.js';
import { createClusterBindings } from './approvals/create-cluster-bindings.js';
import { createMutes } from './approvals/create-mutes.js';
import { createRebind } from './approvals/create-rebind.js';
import { createDistrust } from './approvals/proof/create-distrust.js';
import { createProposalStore } from './approvals/store/create-proposal-store.js';
import { buildHome } from './build-home.js';
import { chooseChecks } from './checks/judging/choose-checks.js';
import { noClouds } from './cloud/ports.js';
import type { Config } from './config/config.js';
import { type LookedUp, lookUp } from './engine/checking/look-up.js';
import type { Intent } from './intents/intent.js';
import { createRunStore } from './jobs/check/create-run-store.js';
import { createQueues } from './jobs/queues/create-queues.js';
import type { Queues } from './jobs/queues/queues.js';
import { createFleetFlow } from './jobs/fleet/create-fleet-flow.js';
import type { QueueName } from './jobs/queues/queue-names.js';
import { createScheduleStore } from './jobs/schedule/create-schedule-store.js';
import { createSchedules } from './jobs/schedule/create-schedules.js';
import { schedulesInFile } from './jobs/schedule/schedule.js';
import { createSeenStore } from './jobs/schedule/seen/create-seen-store.js';
import { mask } from './masking/mask.js';
import { createAuditLog } from './ops/audit/audit-log.js';
import { createLedger } from './ops/audit/ledger.js';
import { acquireLease } from './ops/lease.js';
import type { Logger } from './ops/log.js';
import { timed, wireOutcome } from './ops/metrics.js';
import { shareUnderWay } from './ops/share-under-way.js';
import { noTracing } from './ops/tracing/tracing.js';
import { createTrail } from './ops/trail.js';
import { createCallers } from './slack/fixes/create-callers.js';
import { openModalWith, updateModalWith } from './slack/listeners/open-modal.js';
import { createClusterFacts } from './slack/questions/cluster-facts.js';
import { createExchangeStore } from './slack/questions/exchange-store.js';
import { createIntentCatalogue } from './slack/questions/intent-catalogue.js';
import { createQuestionRecords } from './slack/questions/records/question-records.js';
import { createClients } from './slack/wire/create-clients.js';
import { createDirectory } from './slack/wire/names/create-directory.js';
import { createEditor } from './slack/wire/create-editor.js';
import { createNames } from './slack/wire/names/create-names.js';
import { createPermalinks } from './slack/wire/create-permalinks.js';
import { createPoster } from './slack/wire/create-poster.js';
import { createHeardBefore } from './slack/wire/heard-before.js';
import { wayToSlack } from './slack/wire/way-to-slack.js';
import { createEditPace } from './slack/wire/posts/edit-pace.js';
import { createSendFolded } from './slack/wire/posts/send-folded.js';

/** A bot that dies while it plans leaves the claim for so long. */
const PLANNING_MS = 10_000;

export type Core = ReturnType<typeof buildServices>;

/** The parts of bot and worker, each made once; what uses them declares the few it takes. */
export function buildServices(config: Config, ports: AppPorts, tuning: Tuning) {
  const { redis, logger, metrics, now, newId, checks, remediations, knowledge } = ports;
  const { prefix } = tuning;
  const trail = ports.trail ?? createTrail();
  const tracing = ports.tracing ?? noTracing;
  const { telemetry } = tracing;
  const keyed = { redis, prefix };
  const way = wayToSlack(config.slack.proxy);
  const clients = createClients({
    token: config.slack.botToken,
    apiUrl: config.slack.apiUrl,
    way,
    logger,
    onCall: (method, status) =>
      metrics.slackCalls.inc({ method: mask(method), outcome: wireOutcome(status) }),
  });
  for (const rule of config.alerts?.rules ?? []) chooseChecks(checks, rule.checks);
  const sendFolded = createSendFolded({ logger });
  const ledger = createLedger({ ...keyed, logger, auditKey: config.auditKey });
  const bindings = createClusterBindings({ ledger, prefix, now });
  const clusters = bindClusters(ports.clusters, bindings);
  const queued = { connection: redis, prefix, now, newId, telemetry, showEveryMs: tuning.editEveryMs };
  const queues = createQueues({
    ...queued,
    // What only brings a message in line follows from something that has a line of its own.
    onQueued: (queue, job) => logger[isShown(queue) ? 'debug' : 'info']({ queue, job }, 'queued'),
  });
  const audit = createAuditLog(ledger);
  const distrust = createDistrust({
    ...keyed,
    audit,
    now,
    onReported: (proposal) => {
      logger.error({ proposal }, 'a stored proposal does not verify, and is refused');
      refreshCard(queues, proposal, logger);
    },
    onMutesReported: (cluster) =>
      logger.error({ cluster }, 'the stored mutes of a cluster do not verify, and hide nothing'),
  });
  const store = createProposalStore({
    ...keyed,
    ledger,
    now,
    retentionDays: config.retention.cards.days,
    keepMost: config.retention.cards.most,
    onUnreadable: unreadable(logger, 'proposal'),
    onUnverified: (id, doubt, card) => distrust.report(id, { doubt, card }),
    onMoved: ({ state, remediation, approvedAt, endedAt, undoes }) => {
      metrics.proposals.inc({ state });
      if (approvedAt !== undefined && endedAt !== undefined)
        metrics.fixSeconds.observe(
          { remediation: mask(remediation), state },
          secondsBetween(approvedAt, endedAt),
        );
      if (undoes !== undefined) refreshCard(queues, undoes, logger);
    },
  });
  const directory = createDirectory({
    ...keyed,
    now,
    client: clients.replies,
    sealer: ledger.sealer,
    onForged: (key) => {
      logger.error({ key }, 'a remembered person does not verify, and Slack is asked instead');
      const entry = { action: 'unverified', actor: 'system', at: now().toISOString(), detail: key } as const;
      audit.append(entry).catch((err: unknown) => logger.error({ err, key }, 'a forgery was not audited'));
    },
  });
  const approvals = createApprovals({ store, distrust, audit, config, directory, now });
  const planning = (proposalId: string) =>
    acquireLease(redis, {
      key: `${prefix}:planning:${proposalId}`,
      counter: `${prefix}:planning-token`,
      holder: newId(),
      leaseMs: PLANNING_MS,
    });
  const mutes = createMutes({
    prefix,
    ledger,
    now,
    onUnreadable: unreadable(logger, 'mute'),
    onUnverified: distrust.reportMutes,
  });
  const runs = createRunStore({
    ...keyed,
    keepDays: config.retention.runs.days,
    keepMost: config.retention.runs.most,
    onUnreadable: unreadable(logger, 'check run'),
  });
  const seen = createSeenStore(redis, prefix);
  const onUnverified = () => logger.error({}, 'the stored schedules do not verify, and none of them runs');
  const schedules = createSchedules({
    connection: redis,
    prefix,
    seen,
    now,
    inFile: schedulesInFile(config),
    store: createScheduleStore({ prefix, ledger, now, onUnverified }),
  });
  const permalink = createPermalinks(clients.replies);
  const pace = createEditPace({
    ...keyed,
    everyMs: tuning.editEveryMs,
    globalEveryMs: tuning.editGlobalMs,
    pause: (ms, signal) => sleep(ms, undefined, { signal }).catch(() => undefined),
  });
  const clouds = ports.clouds ?? noClouds;
  const share = shareUnderWay<LookedUp>();
  const likeliest = (text: string) => knowledge.matcher.explain(text).entries;
  const catalogue = createIntentCatalogue({ intents: knowledge.intents, checks, likeliest });
  return {
    config,
    version: ports.version,
    way,
    logger,
    metrics,
    trail,
    tracing,
    now,
    newId,
    clusters,
    clouds,
    checks,
    remediations,
    takeTurn: timed(knowledge.takeTurn, (seconds) => metrics.matchSeconds.observe({}, seconds)),
    readTalk: knowledge.readTalk,
    passageKinds: knowledge.passageKinds,
    ledger,
    audit,
    store,
    distrust,
    approvals,
    planning,
    directory,
    queues,
    catalogue,
    isConnected: (cluster: string) => config.clusters[cluster]?.cloud !== undefined,
    facts: createClusterFacts({ clusters, ...keyed, now, patienceMs: tuning.factsMs }),
    lookUp: (cluster: string, entry: Intent) =>
      share(`${cluster} ${entry.id}`, () =>
        lookUp({
          access: clusters.get(cluster),
          cloud: clouds.get(cluster),
          entry,
          now,
          checks: catalogue.checksNamed(entry.checks),
          deadlineMs: tuning.lookUpMs,
        }),
      ),
    rebind: createRebind({ clusters: ports.clusters, bindings }),
    mutes,
    runs,
    seen,
    schedules,
    fleets: createFleetFlow(queued),
    exchanges: createExchangeStore(redis, prefix, config.retention.questions.days),
    records: createQuestionRecords(redis, prefix, config.retention.questions.most),
    heard: createHeardBefore(redis, prefix),
    client: clients.replies,
    poster: createPoster({
      posts: clients.posts,
      replies: clients.replies,
      sendFolded,
      ...keyed,
      now,
      newId,
    }),
    pace,
    editor: createEditor({ client: clients.edits, sendFolded, ...keyed, logger, pace }),
    openModal: openModalWith(clients.replies),
    updateModal: updateModalWith(clients.replies),
    permalink,
    ...buildHome(
      {
        approvals,
        clusters,
        queues,
        store,
        runs,
        mutes,
        schedules,
        permalink,
        logger,
        now,
        client: clients.replies,
        edits: clients.edits,
      },
      { ...keyed, everyMs: tuning.homeEveryMs },
    ),
    names: createNames({ client: clients.replies, redis, prefix }),
    calls: createCallers({ redis, prefix }),
  };
}

const isShown = (queue: QueueName): boolean => queue === 'cards' || queue === 'homes';

const secondsBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 1000;

/** Left aside, and said once in the log. */
export const unreadable =
  (logger: Logger, kind: string) =>
  (id: string, error: unknown): void =>
    logger.error({ err: error, id }, `a stored ${kind} cannot be read by this version`);

/** When an undo moves, what the card of the undone change may offer changes too. */
function refreshCard(queues: Queues, proposalId: string, logger: Logger): void {
  queues
    .card({ proposalId })
    .catch((error: unknown) => logger.warn({ err: error, proposalId }, 'card not refreshed'));
}
