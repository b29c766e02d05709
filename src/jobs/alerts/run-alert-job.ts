import type { Mutes } from '../../approvals/create-mutes.js';
import type { Config } from '../../config/config.js';
import { isAcknetError } from '../../errors.js';
import type { Logger } from '../../ops/log.js';
import type { Metrics } from '../../ops/metrics.js';
import type { ProposalStore } from '../../proposals/ports.js';
import type { RunStore } from '../check/create-run-store.js';
import type { Queues } from '../queues/queues.js';
import { type JobHandler, Postponed } from '../job-context.js';
import type { IncidentFound, IncidentReporter } from '../ports.js';
import type { Looked } from './alert.js';
import type { AlertTask } from './alert-task.js';
import { alone, type IncidentLeasePorts } from './alone.js';
import type { IncidentPlace, IncidentStore } from './create-incident-store.js';
import type { Incident } from './incident.js';
import { incidentAlertOf } from './incident-alert-of.js';
import { mergeAlerts } from './merge-alerts.js';
import { type Placed, type Placing, placeAlerts } from './place-alerts.js';
import { wantedCheck } from './wanted-check.js';

interface AlertHandlerPorts extends IncidentLeasePorts {
  readonly config: Pick<Config, 'clusters' | 'alerts'>;
  readonly incidents: IncidentStore;
  readonly reporter: IncidentReporter;
  readonly queues: Pick<Queues, 'checkIncident' | 'showIncident'>;
  readonly runs: Pick<RunStore, 'get'>;
  readonly mutes: Pick<Mutes, 'active'>;
  readonly store: Pick<ProposalStore, 'open'>;
  readonly metrics: Pick<Metrics, 'alerts'>;
  readonly now: () => Date;
  readonly newId: () => string;
  readonly logger: Logger;
  /** Between two tries while Slack is away: its sender was told that it is taken, and tells it again in hours. */
  readonly awayRetryMs: number;
}

/**
 * One worker at a time at a cluster's incidents. What an attempt left undone, the next one sees by their state. Slack is
 * asked by a job of its own, one an incident: of a storm, what is told meanwhile is one edit, and waits for none.
 */
export function createAlertHandler(ports: AlertHandlerPorts): JobHandler<AlertTask> {
  return async (job, context) => {
    if (context.givenUp) throw context.givenUp;
    await run(ports, job).catch((error: unknown) => {
      if (!isAcknetError(error) || !error.retry || context.signal.aborted) throw error;
      ports.logger.info({ err: error }, 'what alerts tell waits, and is tried again');
      throw new Postponed(ports.awayRetryMs);
    });
  };
}

async function run(ports: AlertHandlerPorts, job: AlertTask): Promise<void> {
  const { alerts } = ports.config;
  // A worker that was restarted without them has nowhere to tell it.
  if (alerts === undefined) return ports.logger.warn({}, 'a notification was dropped: alerts are off here');
  if (job.task === 'looked') return looked(ports, job.looked);
  if (job.task === 'show') return show(ports, job.incident);
  const placing = placeAlerts({ clusters: ports.config.clusters, alerts }, job.notification.alerts);
  await tellUnplaced(ports, placing);
  const { group, left } = job.notification;
  for (const placed of placing.placed) await take(ports, { ...placed, group }, left);
  count(ports, placing);
}

async function tellUnplaced({ reporter, logger }: AlertHandlerPorts, { unplaced }: Placing): Promise<void> {
  for (const what of new Map(unplaced.map((one) => [JSON.stringify(one), one])).values()) {
    logger.warn(
      { ...what },
      'an alert was not looked at: its labels lead to no cluster that may be checked for it',
    );
    await reporter.unplaced(what);
  }
}

function count({ metrics }: AlertHandlerPorts, { placed, unplaced, leftAlone }: Placing): void {
  const taken = placed.reduce((sum, { alerts }) => sum + alerts.length, 0);
  metrics.alerts.inc({ outcome: 'taken' }, taken);
  metrics.alerts.inc({ outcome: 'unplaced' }, unplaced.length);
  metrics.alerts.inc({ outcome: 'left alone' }, leftAlone);
}

async function take(ports: AlertHandlerPorts, placed: Placed & IncidentPlace, left: number): Promise<void> {
  const shown = await alone(ports, placed.cluster, () => writeDown(ports, placed, left));
  if (shown !== undefined) await ports.queues.showIncident(shown);
}

async function writeDown(
  { config, incidents, now, ...ports }: AlertHandlerPorts,
  placed: Placed & IncidentPlace,
  left: number,
): Promise<Parameters<Queues['showIncident']>[0] | undefined> {
  const known = await incidents.find(placed, { firing: placed.alerts.some(({ firing }) => firing) });
  // What ended before anybody was told of it is no news.
  if (known === undefined && placed.alerts.every(({ firing }) => !firing)) return undefined;
  const alerts = Object.fromEntries(
    placed.alerts.map((alert) => [alert.fingerprint, incidentAlertOf(config.alerts, alert)]),
  );
  const incident = mergeAlerts(known ?? newIncident({ ...ports, now }, placed), { alerts, left, at: now() });
  await incidents.save(incident, placed);
  return { incident: incident.id, isNew: known === undefined };
}

function newIncident(
  { newId, now }: Pick<AlertHandlerPorts, 'newId' | 'now'>,
  { cluster, channel }: Placed,
): Incident {
  const at = now().toISOString();
  return {
    id: newId(),
    cluster,
    channel,
    alerts: {},
    left: 0,
    openedAt: at,
    toldAt: at,
    grewAt: at,
    again: 0,
  };
}

/** What it still wants looked at by now. Noted after it is queued: an attempt that died between queues the same job again. */
async function check(ports: AlertHandlerPorts, id: string, threadTs: string): Promise<void> {
  const { queues, incidents, now } = ports;
  const incident = await incidents.get(id);
  const wanted = incident && wantedCheck(incident);
  if (incident === undefined || wanted === undefined) return;
  const number = (incident.run?.number ?? 0) + 1;
  const run = { ...wanted, id: `${incident.id}-${number}`, number, at: now().toISOString() };
  const { cluster, channel } = incident;
  const asked = { checks: [...wanted.checks], scope: wanted.scope, runId: run.id };
  await queues.checkIncident({ ...asked, cluster, channel, threadTs, incident: incident.id });
  await incidents.save({ ...incident, run });
}

const isPending = ({ run, looked }: Incident): boolean => run !== undefined && looked?.run !== run.id;

async function looked(ports: AlertHandlerPorts, what: Looked): Promise<void> {
  const { incidents, queues, logger } = ports;
  const { incident: id } = what;
  const cluster = (await incidents.get(id))?.cluster;
  if (cluster === undefined) return logger.warn({ incident: id }, 'an incident is gone that was to be shown');
  await alone(ports, cluster, async () => {
    const stored = await incidents.get(id);
    // What the alerts have checked just now sees the cluster after the fix as well.
    if (stored === undefined || (what.afterFix && isPending(stored))) return;
    await incidents.save(lookedAt(stored, what));
  });
  await queues.showIncident({ incident: id, isNew: false });
}

/** Of one incident one at a time, and the last one shows what all have told. */
async function show(ports: AlertHandlerPorts, id: string): Promise<void> {
  const { incidents, reporter, logger } = ports;
  const incident = await incidents.get(id);
  if (incident === undefined)
    return logger.warn({ incident: id }, 'an incident is gone that was to be shown');
  const wanted = wantedCheck(incident);
  const found = await foundFor(ports, incident);
  const at = await reporter.show(incident, { found, isChecked: wanted !== undefined || isPending(incident) });
  if (wanted !== undefined) await alone(ports, incident.cluster, () => check(ports, id, at.ts));
}

/** The check after a fix takes the place of the one that found what was to be fixed. */
function lookedAt(incident: Incident, { run, failed, afterFix }: Looked): Incident {
  const last = afterFix && incident.run !== undefined ? { ...incident.run, id: run } : incident.run;
  return { ...incident, run: last, looked: { run, failed } };
}

async function foundFor(
  { runs, mutes, store }: AlertHandlerPorts,
  { cluster, looked }: Incident,
): Promise<IncidentFound | undefined> {
  const run = looked === undefined || looked.failed !== undefined ? undefined : await runs.get(looked.run);
  if (run === undefined) return undefined;
  const open = await store.open(cluster);
  const offers = open.filter((proposal) => proposal.run === looked?.run && proposal.state === 'proposed');
  return { run, muted: await mutes.active(cluster), offers };
}
