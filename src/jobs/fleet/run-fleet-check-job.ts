import type { Mutes } from '../../approvals/create-mutes.js';
import { growingActions } from '../../cloud/actions.js';
import { asAcknetError } from '../as-acknet-error.js';
import { type RunPorts, runAndKeep } from '../check/run-and-keep.js';
import { type JobContext, type JobHandler, willRetry } from '../job-context.js';
import type { CheckJob } from '../queues/payloads.js';
import type { FleetBoard } from './create-fleet-board.js';
import type { FleetFlow } from './create-fleet-flow.js';
import { type FleetRow, failedFleetRow, fleetRowOf } from './fleet-row.js';

interface FleetCheckPorts extends RunPorts {
  readonly mutes: Mutes;
  readonly board: FleetBoard;
  readonly fleets: Pick<FleetFlow, 'show'>;
}

/** One cluster's part in a fleet: its outcome is a row of the fleet's message, whatever happens. */
export function createFleetCheckHandler(
  ports: FleetCheckPorts,
): JobHandler<CheckJob & { readonly fleet: string }> {
  return async (job, context) => {
    await ports.board.record(job.fleet, await rowOf(ports, job, context));
    if (job.schedule === undefined) await ports.fleets.show(job.fleet);
  };
}

async function rowOf(ports: FleetCheckPorts, job: CheckJob, context: JobContext): Promise<FleetRow> {
  try {
    if (context.givenUp) throw context.givenUp;
    // 200 clusters of them would use up what Terway needs.
    const run = await runAndKeep(ports, { job, context, spare: growingActions });
    return fleetRowOf(job.runId, run, await ports.mutes.active(job.cluster));
  } catch (error) {
    if (willRetry(error, context)) throw error;
    return failedFleetRow(job.runId, job.cluster, asAcknetError(error));
  }
}
