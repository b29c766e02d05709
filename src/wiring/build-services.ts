import { chooseChecks } from '../checks/judging/choose-checks.js';
import { noClouds } from '../cloud/ports.js';
import { noTracing } from '../ops/tracing/tracing.js';
import { createTrail } from '../ops/trail.js';
import { createCallers } from '../slack/fixes/create-callers.js';
import { createShowWaiting } from '../slack/questions/show-waiting.js';
import type { Given } from './app-ports.js';
import { buildApprovals } from './build-approvals.js';
import { buildHome } from './build-home.js';
import { buildQuestions } from './build-questions.js';
import { buildQueues } from './build-queues.js';
import { buildRuns } from './build-runs.js';
import { buildWire } from './build-wire.js';

/** Who asks in a flood sees the others ask. */
const WAITING_AT_MOST = 20;

export type Core = ReturnType<typeof buildServices>;

/** The parts of bot and worker, each made once; what uses them declares the few it takes. */
export function buildServices(given: Given) {
  const { config, ports, tuning } = given;
  const { redis, logger, metrics, now, newId, checks, remediations } = ports;
  const { prefix } = tuning;
  for (const rule of config.alerts?.rules ?? []) chooseChecks(checks, rule.checks);
  const clouds = ports.clouds ?? noClouds;
  const { edits, ...wire } = buildWire(given);
  const { queues, fleets } = buildQueues(given);
  const approving = buildApprovals(given, { queues, client: wire.client });
  const kept = buildRuns(given, approving.ledger);
  const { runs, schedules } = kept;
  const { client, permalink } = wire;
  const { approvals, clusters, store, mutes } = approving;
  return {
    config,
    version: ports.version,
    logger,
    metrics,
    trail: ports.trail ?? createTrail(),
    tracing: ports.tracing ?? noTracing,
    now,
    newId,
    clouds,
    checks,
    remediations,
    queues,
    fleets,
    ...wire,
    ...approving,
    ...kept,
    ...buildQuestions(given, { clusters, clouds }),
    ...buildHome(
      { approvals, clusters, queues, store, mutes, runs, schedules, permalink, logger, now, client, edits },
      { redis, prefix, everyMs: tuning.homeEveryMs },
    ),
    showWaiting: createShowWaiting({
      queues,
      client: edits,
      logger,
      afterMs: tuning.waitingMs,
      atMost: WAITING_AT_MOST,
    }),
    calls: createCallers({ redis, prefix }),
  };
}
