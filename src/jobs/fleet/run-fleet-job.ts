import { AcknetError } from '../../errors.js';
import type { RedisClient } from '../../ops/connect-redis.js';
import { acquireLease } from '../../ops/lease.js';
import type { Logger } from '../../ops/log.js';
import { asAcknetError } from '../as-acknet-error.js';
import type { Queues } from '../queues/queues.js';
import { type JobContext, type JobHandler, Postponed, willRetry } from '../job-context.js';
import type { FleetJob } from '../queues/payloads.js';
import type { FleetReporter } from '../ports.js';
import type { FleetBoard } from './create-fleet-board.js';
import type { FleetFlow } from './create-fleet-flow.js';
import { type FleetRow, failedFleetRow } from './fleet-row.js';
import type { FleetTask } from './fleet-task.js';

interface FleetHandlerPorts {
  readonly fleets: Pick<FleetFlow, 'find'>;
  readonly board: FleetBoard;
  readonly reporter: FleetReporter;
  /** Tells the outcome of a schedule's run. */
  readonly tellSchedule: (fleet: ScheduledFleet, rows: readonly FleetRow[]) => Promise<void>;
  /** It could not be told, for good. */
  readonly scheduleFailed: (fleet: ScheduledFleet, error: AcknetError) => Promise<void>;
  readonly queues: Pick<Queues, 'cancelCheck'>;
  readonly redis: RedisClient;
  readonly prefix: string;
  /** How long a dead worker keeps the others from the message it was at. */
  readonly leaseMs: number;
  readonly logger: Logger;
}

/** A run of a schedule. */
export type ScheduledFleet = FleetJob & { readonly schedule: string };

const MESSAGE_RETRY_MS = 200;

/** One worker at a time at a fleet's message, so that it is posted once and progress never overwrites the outcome. */
export function createFleetHandler(ports: FleetHandlerPorts): JobHandler<FleetTask> {
  return async ({ task, fleetId }, context) => {
    const { redis, prefix, leaseMs } = ports;
    const key = `${prefix}:fleet-message:${fleetId}`;
    const lease = await acquireLease(redis, { key, counter: `${prefix}:fleet-token`, holder: task, leaseMs });
    if (!lease) throw new Postponed(MESSAGE_RETRY_MS);
    try {
      const fleet = await ports.fleets.find(fleetId);
      if (!fleet) return ports.logger.warn({ fleetId }, 'a fleet is gone that was to be shown');
      await (task === 'tell' ? tell(ports, fleet, context) : show(ports, fleet, context));
    } finally {
      await lease.release();
    }
  };
}

async function show(ports: FleetHandlerPorts, fleet: FleetJob, context: JobContext): Promise<void> {
  const { board, reporter, logger } = ports;
  if (await board.isClosed(fleet.fleetId)) return;
  try {
    if (context.givenUp) throw context.givenUp;
    await reporter.started(fleet);
  } catch (error) {
    if (!willRetry(error, context)) await giveUp(ports, fleet, error);
    throw error;
  }
  const rows = await board.rows(fleet.fleetId);
  if (rows.size === 0) return;
  const known = fleet.clusters.flatMap(({ name }) => rows.get(name) ?? []);
  await reporter.progress(fleet, known).catch((error: unknown) => {
    // The next edit shows it, and the last one is made for certain.
    logger.warn({ err: error, fleetId: fleet.fleetId }, 'the progress of a fleet was not shown');
  });
}

/** Where its message cannot stand, nobody waits for its checks. */
async function giveUp(ports: FleetHandlerPorts, fleet: FleetJob, error: unknown): Promise<void> {
  await ports.reporter.failed(fleet, asAcknetError(error));
  await ports.board.close(fleet.fleetId);
  for (const { runId } of fleet.clusters) await ports.queues.cancelCheck(runId);
}

async function tell(ports: FleetHandlerPorts, fleet: FleetJob, context: JobContext): Promise<void> {
  const { board } = ports;
  const { finished, failed } = tellerOf(ports, fleet);
  try {
    if (context.givenUp) throw context.givenUp;
    await board.close(fleet.fleetId);
    const rows = await board.rows(fleet.fleetId);
    await finished(fleet.clusters.map((cluster) => rows.get(cluster.name) ?? lostRow(cluster)));
  } catch (error) {
    if (!willRetry(error, context)) await failed(asAcknetError(error));
    throw error;
  }
}

function tellerOf({ reporter, tellSchedule, scheduleFailed }: FleetHandlerPorts, fleet: FleetJob) {
  const { schedule } = fleet;
  if (schedule === undefined)
    return {
      finished: (rows: readonly FleetRow[]) => reporter.finished(fleet, rows),
      failed: (error: AcknetError) => reporter.failed(fleet, error),
    };
  const run = { ...fleet, schedule };
  return {
    finished: (rows: readonly FleetRow[]) => tellSchedule(run, rows),
    failed: (error: AcknetError) => scheduleFailed(run, error),
  };
}

const lostRow = ({ name, runId }: FleetJob['clusters'][number]): FleetRow =>
  failedFleetRow(
    runId,
    name,
    new AcknetError('job.broken', 'Its check ended without a result.', {
      hint: 'The log of the worker has the details.',
    }),
  );
