import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Job } from 'bullmq';
import type { RedisClient } from '../../ops/connect-redis.js';
import { onRedis } from '../../ops/on-redis.js';
import { markCancelled } from '../cancel-marks.js';
import { createCheckFollowers } from '../check/check-followers.js';
import { latest, remembered } from './job-options.js';
import type { OpenQueues } from './open-queues.js';
import { parsePayload } from './parse-payload.js';
import { type CheckJob, checkJobSchema } from './payloads.js';
import { jobIds } from './queue-names.js';
import type { Queues } from './queues.js';
import { placeOf, runningChecks } from './running-checks.js';

interface CheckQueueOptions {
  readonly connection: RedisClient;
  readonly prefix: string;
  readonly newId: () => string;
}

type CheckQueue = Pick<
  Queues,
  'check' | 'recheck' | 'checkIncident' | 'cancelCheck' | 'running' | 'followers'
>;

/** Between two looks at whether a run that told its result has ended. */
const ENDING_MS = 50;

export function createCheckQueue(
  { add, byName }: OpenQueues,
  { connection, prefix, newId }: CheckQueueOptions,
): CheckQueue {
  const followers = createCheckFollowers(connection, prefix);

  /** Where the message of the joined run is elsewhere, its result is posted to who asked here as well. */
  async function isToldTo(asked: CheckJob, runId: string, running: Job | undefined): Promise<boolean> {
    const first = checkJobSchema.safeParse(running?.data);
    if (first.success && first.data.channel === asked.channel) return true;
    const { channel, threadTs, requestedBy } = asked;
    return followers.add(runId, { channel, threadTs, requestedBy });
  }

  return {
    check: async (request) => {
      const job = parsePayload(checkJobSchema, { ...request, runId: newId() }, 'check');
      const id = jobIds.check(job.runId);
      const options = { ...latest, jobId: id, deduplication: { id: scopeOf(job) } };
      for (;;) {
        const added = await add('checks', 'check', { data: job, options });
        if (added.id === id || added.id === undefined) return { runId: job.runId, joined: false };
        const running = await onRedis('look up a job', () => byName.checks.getJob(added.id ?? ''));
        const runId = runIdOf(added.id);
        if (await isToldTo(job, runId, running)) return { runId, joined: true, ...placeOf(running) };
        // It has told its followers and ends in this moment: then this is a run of its own.
        await sleep(ENDING_MS);
      }
    },

    recheck: async (payload) => {
      const data = parsePayload(checkJobSchema, payload, 'check');
      const deduplication = { id: `after-${payload.after.run}`, keepLastIfActive: true };
      const options = { ...latest, jobId: jobIds.check(data.runId), deduplication };
      await add('checks', 'check', { data, options });
    },

    checkIncident: async (payload) => {
      const data = parsePayload(checkJobSchema, payload, 'check');
      await add('checks', 'check', { data, options: { ...remembered, jobId: jobIds.check(data.runId) } });
    },

    cancelCheck: async (runId) => {
      const job = await onRedis('look up a job', () => byName.checks.getJob(jobIds.check(runId)));
      if (!job || job.finishedOn !== undefined) return false;
      await markCancelled({ redis: connection, prefix, runId });
      return true;
    },

    running: () => onRedis('list running checks', () => runningChecks(byName.checks)),

    followers: followers.close,
  };
}

/** The same checks of the same part of the same cluster are one run, whoever asks. */
function scopeOf({ cluster, checks, scope }: CheckJob): string {
  const wanted = [cluster, [...checks].sort(), [...scope.namespaces].sort(), scope.node ?? '', scope.path];
  return createHash('sha256').update(JSON.stringify(wanted)).digest('hex').slice(0, 32);
}

const runIdOf = (jobId: string): string => jobId.slice(jobIds.check('').length);
