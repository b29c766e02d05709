import { type FlowJob, FlowProducer, Queue, type Telemetry } from 'bullmq';
import { mask } from '../../masking/mask.js';
import type { RedisClient } from '../../ops/connect-redis.js';
import { onRedis } from '../../ops/on-redis.js';
import type { Queued } from '../queues/queued.js';
import { fewEvents, forgotten, latest, remembered, unlimited, tracedBy } from '../queues/job-options.js';
import { parsePayload } from '../queues/parse-payload.js';
import { type CheckJob, type FleetJob, fleetJobSchema } from '../queues/payloads.js';
import { fleetTasks, jobIds } from '../queues/queue-names.js';

export type FleetRequest = Omit<FleetJob, 'fleetId' | 'clusters' | 'startedAt'> & {
  readonly clusters: readonly string[];
  /** Where the same request may be made again; absent = it is one of its own. */
  readonly fleetId?: string;
};

/** One check a cluster, side by side, and a last job that runs when all of them have ended, however they did. */
export interface FleetFlow {
  start(request: FleetRequest): Promise<FleetJob>;
  /** undefined = it ended so long ago that it is not kept. */
  find(fleetId: string): Promise<FleetJob | undefined>;
  /** Brings its message in line with what is known; many requests become one edit. */
  show(fleetId: string): Promise<void>;
  close(): Promise<void>;
}

interface FleetFlowOptions {
  readonly connection: RedisClient;
  readonly prefix: string;
  readonly now: () => Date;
  readonly newId: () => string;
  /** Between two edits of one message. */
  readonly showEveryMs: number;
  readonly telemetry?: Telemetry | undefined;
}

/** Behind every check that someone asked for by name: a fleet must not make an incident wait. */
const BEHIND = 10;

export function createFleetFlow(options: FleetFlowOptions): FleetFlow {
  const { connection, prefix, now, newId, showEveryMs } = options;
  const traced = tracedBy(options.telemetry);
  const flows = new FlowProducer({ connection, prefix, ...traced });
  const queue = new Queue('fleets', {
    connection,
    prefix,
    defaultJobOptions: unlimited,
    ...fewEvents,
    ...traced,
  });
  // Their commands reject as well: the caller hears of the fault, and the connection logs it.
  flows.on('error', () => undefined);
  queue.on('error', () => undefined);

  const show = async (fleetId: string, delay: number): Promise<void> => {
    const deduplication = { id: `show-${fleetId}`, keepLastIfActive: true };
    const job = { ...forgotten, deduplication, delay };
    await onRedis('queue a job', () => queue.add(fleetTasks.show, { fleetId }, job));
  };

  return {
    start: async (request) => {
      const fleet = parsePayload(
        fleetJobSchema,
        {
          ...request,
          fleetId: request.fleetId ?? newId(),
          clusters: request.clusters.map((name) => ({ name, runId: newId() })),
          startedAt: now().toISOString(),
        },
        'fleet',
      );
      const leftOut = fleet.leftOut.map(({ name, why }) => ({ name, why: mask(why) }));
      const data = { ...fleet, leftOut } satisfies Queued;
      await onRedis('queue the checks of a fleet', () =>
        flows.add({
          name: fleetTasks.tell,
          queueName: 'fleets',
          data,
          opts: { ...unlimited, ...remembered, jobId: jobIds.fleet(fleet.fleetId) },
          children: fleet.clusters.map((cluster) => childOf(fleet, cluster)),
        }),
      );
      if (fleet.schedule === undefined) await show(fleet.fleetId, 0);
      return fleet;
    },

    find: async (fleetId) => {
      const job = await onRedis('look up a job', () => queue.getJob(jobIds.fleet(fleetId)));
      return job === undefined ? undefined : parsePayload(fleetJobSchema, job.data, 'fleet');
    },

    show: (fleetId) => show(fleetId, showEveryMs),

    close: async () => {
      await Promise.all([flows.close(), queue.close()]);
    },
  };
}

/** Joins nothing and is joined by nobody: its result is a line of the fleet's message. */
function childOf(
  fleet: FleetJob,
  { name, runId }: FleetJob['clusters'][number],
): NonNullable<FlowJob['children']>[number] {
  const { fleetId, checks, requestedBy, channel, threadTs, schedule } = fleet;
  const data: CheckJob & Queued = {
    runId,
    cluster: name,
    checks,
    fleet: fleetId,
    schedule,
    // Nobody waits for it.
    requestedBy: schedule === undefined ? requestedBy : undefined,
    channel,
    scope: fleet.scope ?? { namespaces: [] },
    threadTs,
  };
  return {
    name: 'check',
    queueName: 'checks',
    data,
    opts: {
      ...unlimited,
      ...latest,
      jobId: jobIds.check(runId),
      priority: BEHIND,
      // A cluster whose check is lost is told as such; the others' outcome does not wait for it.
      ignoreDependencyOnFailure: true,
    },
  };
}
