import type { AppPorts, Tuning } from './app-ports.js';
import { createClusterLock } from './approvals/create-cluster-lock.js';
import { type Core, unreadable } from './build-services.js';
import type { Config } from './config/config.js';
import { createIncidentStore } from './jobs/alerts/create-incident-store.js';
import { createAlertHandler } from './jobs/alerts/run-alert-job.js';
import { tellIncident } from './jobs/alerts/tell-incident.js';
import { createCheckHandler } from './jobs/check/run-check-job.js';
import { createCardHandler, showCard } from './jobs/fix/run-card-job.js';
import { createCareHandler } from './jobs/fix/run-care-job.js';
import { createFixHandler } from './jobs/fix/run-fix-job.js';
import { createFleetBoard } from './jobs/fleet/create-fleet-board.js';
import { createFleetCheckHandler } from './jobs/fleet/run-fleet-check-job.js';
import { createFleetHandler } from './jobs/fleet/run-fleet-job.js';
import { showHomeAround } from './jobs/home/show-home-around.js';
import type { JobHandler } from './jobs/job-context.js';
import { createQuestionHandler } from './jobs/question/run-question-job.js';
import { createScheduleHandler } from './jobs/schedule/run-schedule-job.js';
import { tellSchedule } from './jobs/schedule/tell-schedule.js';
import type { Handlers } from './jobs/start-workers.js';
import { createIncidentReporter } from './slack/alerts/create-incident-reporter.js';
import { createCheckReporter } from './slack/checks/create-check-reporter.js';
import { createCardPresenter } from './slack/fixes/create-card-presenter.js';
import { createFleetReporter } from './slack/fleets/create-fleet-reporter.js';
import { createQuestionResponder } from './slack/questions/create-question-responder.js';
import { createScheduleReporter } from './slack/schedules/create-schedule-reporter.js';

interface HandlerParts {
  readonly config: Config;
  readonly ports: AppPorts;
  readonly tuning: Tuning;
}

/** One handler a queue. */
export function buildHandlers(core: Core, { config, ports, tuning }: HandlerParts): Handlers {
  const { redis, now, newId, metrics, logger, checks, remediations } = ports;
  const { store, distrust, approvals, clusters, clouds, queues, runs, mutes, fleets } = core;
  const { prefix } = tuning;
  const deadlineMs = config.checks.deadlineSeconds * 1000;
  const leaseMs = config.fixes.lockSeconds * 1000;
  const presenter = createCardPresenter(core);
  const board = createFleetBoard({ redis, prefix, onUnreadable: unreadable(logger, 'row of a fleet') });
  const common = { clusters, clouds, checks, remediations, store, approvals, queues, now };
  const cards = { store, distrust, approvals, queues, redis, prefix, leaseMs, now, logger, presenter };
  const incidents = createIncidentStore({ redis, prefix });
  const { home, showHome } = core;
  const scheduled = { ...core, reporter: createScheduleReporter(core) };
  const care = createCareHandler({ ...common, presenter, deadlineMs });
  const shown = <T>(handler: JobHandler<T>) => showHomeAround(handler, { showHome });
  const runSchedule = shown(createScheduleHandler(scheduled));
  return {
    home: (_job, { signal }) => home.refresh(signal),
    alert: createAlertHandler({
      config,
      runs,
      mutes,
      store,
      queues,
      metrics,
      redis,
      prefix,
      leaseMs,
      now,
      newId,
      logger,
      awayRetryMs: tuning.awayRetryMs,
      incidents,
      reporter: createIncidentReporter(core),
    }),
    check: shown(
      createCheckHandler({
        ...common,
        runs,
        mutes,
        newId,
        deadlineMs,
        metrics,
        logger,
        reporter: tellIncident(createCheckReporter(core), core),
        showCard: (id) => showCard(cards, id),
      }),
    ),
    fleetCheck: shown(
      createFleetCheckHandler({
        ...common,
        runs,
        mutes,
        board,
        fleets,
        deadlineMs,
        metrics,
      }),
    ),
    fleet: createFleetHandler({
      fleets,
      board,
      queues,
      redis,
      prefix,
      leaseMs,
      logger,
      reporter: createFleetReporter(core),
      tellSchedule: tellSchedule({ ...scheduled, redis, prefix, leaseMs }),
      scheduleFailed: async ({ schedule: id }, error) => {
        const schedule = await core.schedules.find(id);
        if (schedule !== undefined) await scheduled.reporter.failed(schedule, error);
      },
    }),
    schedule: (task, context) => (task.task === 'run' ? runSchedule(task, context) : care(task, context)),
    fix: createFixHandler({
      ...common,
      presenter,
      runs,
      incidents,
      audit: core.audit,
      deadlineMs,
      logger,
      lock: createClusterLock({ redis, prefix, leaseMs }),
      limits: { ...config.fixes, busyRetryMs: tuning.busyRetryMs },
      turn: core.pace.turn,
      wait: tuning.wait,
      watch: tuning.watch,
    }),
    question: createQuestionHandler({ responder: createQuestionResponder(core) }),
    // What the sweep finds to do it queues, as jobs that are told of themselves.
    card: showHomeAround(createCardHandler(cards), { showHome, concerns: ({ task }) => task !== 'sweep' }),
  };
}
