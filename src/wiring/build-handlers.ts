import { createClusterLock } from '../approvals/create-cluster-lock.js';
import { createIncidentStore } from '../jobs/alerts/create-incident-store.js';
import { createAlertHandler } from '../jobs/alerts/run-alert-job.js';
import { tellIncident } from '../jobs/alerts/tell-incident.js';
import { createCheckHandler } from '../jobs/check/run-check-job.js';
import { createCardHandler, showCard } from '../jobs/fix/run-card-job.js';
import { createCareHandler } from '../jobs/fix/run-care-job.js';
import { createFixHandler } from '../jobs/fix/run-fix-job.js';
import { createFleetBoard } from '../jobs/fleet/create-fleet-board.js';
import { createFleetCheckHandler } from '../jobs/fleet/run-fleet-check-job.js';
import { createFleetHandler } from '../jobs/fleet/run-fleet-job.js';
import { showHomeAround } from '../jobs/home/show-home-around.js';
import type { JobHandler } from '../jobs/job-context.js';
import { createQuestionHandler } from '../jobs/question/run-question-job.js';
import { createScheduleHandler } from '../jobs/schedule/run-schedule-job.js';
import { tellSchedule } from '../jobs/schedule/tell-schedule.js';
import type { Handlers } from '../jobs/start-workers.js';
import { createIncidentReporter } from '../slack/alerts/create-incident-reporter.js';
import { createCheckReporter } from '../slack/checks/create-check-reporter.js';
import { createCardPresenter } from '../slack/fixes/create-card-presenter.js';
import { createFleetReporter } from '../slack/fleets/create-fleet-reporter.js';
import { createQuestionResponder } from '../slack/questions/create-question-responder.js';
import { createScheduleReporter } from '../slack/schedules/create-schedule-reporter.js';
import type { Given } from './app-ports.js';
import type { Core } from './build-services.js';
import { unreadable } from './unreadable.js';

/** One handler a queue. */
export function buildHandlers(core: Core, given: Given): Handlers {
  const parts = handlerParts(core, given);
  const { home } = core;
  return {
    home: (_job, { signal }) => home.refresh(signal),
    question: createQuestionHandler({ responder: createQuestionResponder(core) }),
    alert: alertHandler(core, given, parts),
    check: checkHandler(core, parts),
    ...fleetHandlers(core, given, parts),
    schedule: scheduleHandler(parts),
    fix: fixHandler(core, given, parts),
    // What the sweep finds to do it queues, as jobs that are told of themselves.
    card: showHomeAround(createCardHandler(parts.cards), {
      showHome: core.showHome,
      concerns: ({ task }) => task !== 'sweep',
    }),
  };
}

type Parts = ReturnType<typeof handlerParts>;

/** What several handlers share. */
function handlerParts(core: Core, { config, ports: { redis }, tuning: { prefix } }: Given) {
  const { store, distrust, approvals, clusters, clouds, queues, checks, remediations, now, logger } = core;
  const deadlineMs = config.checks.deadlineSeconds * 1000;
  const leaseMs = config.fixes.lockSeconds * 1000;
  const leased = { redis, prefix, leaseMs };
  const presenter = createCardPresenter(core);
  return {
    leased,
    presenter,
    /** For whatever reads a cluster and plans on it. */
    common: { clusters, clouds, checks, remediations, store, approvals, queues, now, deadlineMs },
    cards: { store, distrust, approvals, queues, ...leased, now, logger, presenter },
    incidents: createIncidentStore({ redis, prefix }),
    scheduled: { ...core, reporter: createScheduleReporter(core) },
    shown: <T>(handler: JobHandler<T>) => showHomeAround(handler, { showHome: core.showHome }),
  };
}

function alertHandler(core: Core, { config, tuning }: Given, { leased, incidents }: Parts) {
  const { runs, mutes, store, queues, metrics, now, newId, logger } = core;
  return createAlertHandler({
    config,
    runs,
    mutes,
    store,
    queues,
    metrics,
    ...leased,
    now,
    newId,
    logger,
    awayRetryMs: tuning.awayRetryMs,
    incidents,
    reporter: createIncidentReporter(core),
  });
}

function checkHandler(core: Core, { common, cards, shown }: Parts) {
  const { runs, mutes, newId, metrics, logger } = core;
  return shown(
    createCheckHandler({
      ...common,
      runs,
      mutes,
      newId,
      metrics,
      logger,
      reporter: tellIncident(createCheckReporter(core), core),
      showCard: (id) => showCard(cards, id),
    }),
  );
}

function fleetHandlers(core: Core, { ports: { redis }, tuning: { prefix } }: Given, parts: Parts) {
  const { runs, mutes, metrics, queues, fleets, schedules, logger } = core;
  const { common, leased, scheduled, shown } = parts;
  const board = createFleetBoard({ redis, prefix, onUnreadable: unreadable(logger, 'row of a fleet') });
  return {
    fleetCheck: shown(createFleetCheckHandler({ ...common, runs, mutes, board, fleets, metrics })),
    fleet: createFleetHandler({
      fleets,
      board,
      queues,
      ...leased,
      logger,
      reporter: createFleetReporter(core),
      tellSchedule: tellSchedule({ ...scheduled, ...leased }),
      scheduleFailed: async ({ schedule: id }, error) => {
        const schedule = await schedules.find(id);
        if (schedule !== undefined) await scheduled.reporter.failed(schedule, error);
      },
    }),
  };
}

function scheduleHandler({ common, presenter, scheduled, shown }: Parts): Handlers['schedule'] {
  const care = createCareHandler({ ...common, presenter });
  const run = shown(createScheduleHandler(scheduled));
  return (task, context) => (task.task === 'run' ? run(task, context) : care(task, context));
}

function fixHandler(core: Core, { config, tuning }: Given, { common, presenter, incidents, leased }: Parts) {
  const { runs, audit, logger, pace } = core;
  return createFixHandler({
    ...common,
    presenter,
    runs,
    incidents,
    audit,
    logger,
    lock: createClusterLock(leased),
    limits: { ...config.fixes, busyRetryMs: tuning.busyRetryMs },
    turn: pace.turn,
    wait: tuning.wait,
    watch: tuning.watch,
  });
}
