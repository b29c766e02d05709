import type { Authorisation } from '../../approvals/authorise.js';
import type { Approvals } from '../../approvals/create-approvals.js';
import type { Clusters } from '../../cluster/ports.js';
import { AcknetError } from '../../errors.js';
import type { Logger } from '../../ops/log.js';
import { asAcknetError } from '../as-acknet-error.js';
import type { FleetFlow } from '../fleet/create-fleet-flow.js';
import { type JobHandler, willRetry } from '../job-context.js';
import type { ScheduleReporter } from '../ports.js';
import type { Schedules } from './create-schedules.js';
import { everyCluster, type Schedule, type ScheduleEnd } from './schedule.js';
import type { DueSchedule } from './schedule-task.js';

interface SchedulePorts {
  readonly schedules: Pick<Schedules, 'find' | 'end'>;
  readonly approvals: Pick<Approvals, 'allows'>;
  readonly clusters: Pick<Clusters, 'names'>;
  readonly fleets: Pick<FleetFlow, 'start' | 'find'>;
  readonly reporter: ScheduleReporter;
  readonly logger: Logger;
}

/** Who is named where acknet.yaml asks; no account of Slack's. */
const nobody = { user: 'acknet', team: '' };

/** A schedule is due: what it may look at is looked at, cluster by cluster, once. */
export function createScheduleHandler(ports: SchedulePorts): JobHandler<DueSchedule> {
  return async (task, context) => {
    const schedule = await ports.schedules.find(task.schedule);
    // It was taken out of acknet.yaml, or ended while nobody could take it out of Redis.
    if (schedule === undefined) return ports.schedules.end(task.schedule, { why: 'removed' });
    try {
      if (context.givenUp) throw context.givenUp;
      await start(ports, schedule, task);
    } catch (error) {
      if (!willRetry(error, context)) await ports.reporter.failed(schedule, asAcknetError(error));
      throw error;
    }
  };
}

async function start(ports: SchedulePorts, schedule: Schedule, { due }: DueSchedule): Promise<void> {
  const { fleets, logger } = ports;
  const fleetId = `${schedule.id}-${due.toString(36)}`;
  // An earlier attempt began it and was cut off.
  if ((await fleets.find(fleetId)) !== undefined) return;
  const wanted = await wantedBy(ports, schedule);
  if ('end' in wanted) return end(ports, schedule, wanted.end);
  const { clusters, leftOut } = wanted;
  logger.info({ schedule: schedule.id, cluster: schedule.cluster, fleetId }, 'a scheduled check begins');
  await fleets.start({
    fleetId,
    clusters,
    leftOut,
    checks: [],
    schedule: schedule.id,
    requestedBy: schedule.by ?? nobody,
    channel: schedule.channel,
  });
}

/** Said once, where it posted. */
async function end({ schedules, reporter }: SchedulePorts, schedule: Schedule, why: ScheduleEnd['why']) {
  await reporter.ended(schedule, why);
  await schedules.end(schedule.id, { why });
}

interface Wanted {
  readonly clusters: readonly string[];
  readonly leftOut: { readonly name: string; readonly why: string }[];
}

async function wantedBy(
  { clusters: { names }, approvals }: SchedulePorts,
  { cluster, by }: Schedule,
): Promise<Wanted | { readonly end: ScheduleEnd['why'] }> {
  const meant = cluster === everyCluster ? names : names.filter((name) => name === cluster);
  if (meant.length === 0) return { end: 'gone' };
  if (by === undefined) return { clusters: meant, leftOut: [] };
  const answers = await Promise.all(
    meant.map(async (name) => ({ name, may: await approvals.allows('ask', by, name) })),
  );
  const refused = answers.flatMap(({ name, may }) => (may.ok ? [] : [{ name, why: reasonOf(may) }]));
  const allowed = answers.filter(({ may }) => may.ok).map(({ name }) => name);
  return allowed.length === 0 ? { end: 'refused' } : { clusters: allowed, leftOut: refused };
}

/** Where Slack could not say, it is no refusal: the queue asks again. */
function reasonOf(may: Extract<Authorisation, { ok: false }>): string {
  if (may.undecided === true) throw new AcknetError('slack.failed', may.reason);
  return may.reason;
}
