import { type Job, type JobsOptions, Queue, type Telemetry } from 'bullmq';
import type { RedisClient } from '../../ops/connect-redis.js';
import { onRedis } from '../../ops/on-redis.js';
import { fewEvents, tracedBy, unlimited } from './job-options.js';
import { type QueueName, queueNames } from './queue-names.js';
import type { Queued } from './queued.js';
import type { QueueCounts } from './queues.js';

export interface QueuedJob {
  readonly queue: QueueName;
  readonly job: string;
  /** Its kind, of those that the queue has. */
  readonly name: string;
}

export interface OpenOptions {
  readonly connection: RedisClient;
  readonly prefix: string;
  readonly telemetry?: Telemetry | undefined;
  readonly onQueued?: ((queued: QueuedJob) => void) | undefined;
}

export interface OpenQueues {
  readonly byName: Readonly<Record<QueueName, Queue>>;
  add(queue: QueueName, name: string, work: Work): Promise<Job>;
  counts(): Promise<QueueCounts>;
  close(): Promise<void>;
}

interface Work {
  readonly data: Queued;
  readonly options: JobsOptions;
}

export function openQueues({ connection, prefix, telemetry, onQueued }: OpenOptions): OpenQueues {
  const traced = tracedBy(telemetry);
  const open = (name: QueueName): Queue =>
    new Queue(name, { connection, prefix, defaultJobOptions: unlimited, ...fewEvents, ...traced });
  const byName = Object.fromEntries(queueNames.map((name) => [name, open(name)])) as Record<QueueName, Queue>;
  // Its commands reject as well: the caller hears of the fault, and the connection logs it.
  for (const queue of Object.values(byName)) queue.on('error', () => undefined);
  return {
    byName,
    add: async (queue, name, { data, options }) => {
      const job = await onRedis('queue a job', () => byName[queue].add(name, data, options));
      onQueued?.({ queue, job: job.id ?? name, name });
      return job;
    },
    counts: () =>
      onRedis('count jobs', async () => {
        const counted = await Promise.all(
          queueNames.map(async (name) => [name, await countsOf(byName[name])]),
        );
        return Object.fromEntries(counted) as QueueCounts;
      }),
    close: async () => {
      await Promise.all(Object.values(byName).map((queue) => queue.close()));
    },
  };
}

async function countsOf(queue: Queue): Promise<QueueCounts[QueueName]> {
  const states = ['waiting', 'prioritized', 'active', 'delayed', 'failed'] as const;
  const { waiting = 0, prioritized = 0, ...rest } = await queue.getJobCounts(...states);
  return { active: 0, delayed: 0, failed: 0, ...rest, waiting: waiting + prioritized };
}
