import type { Job, Queue } from 'bullmq';
import { z } from 'zod';
import { type MessageRef, messageRefSchema } from '../../proposals/proposal.js';
import { checkJobSchema } from './payloads.js';
import type { RunningCheck } from './queues.js';

const savedSchema = z.object({ at: messageRefSchema });

/** Where the progress message of a check stands, once posted. */
export function placeOf(job: Job | undefined): { at?: MessageRef } {
  const saved = savedSchema.safeParse(job?.progress);
  return saved.success ? { at: saved.data.at } : {};
}

export async function runningChecks(queue: Queue): Promise<readonly RunningCheck[]> {
  const lists = await Promise.all([
    queue.getActive().then((jobs) => jobs.map((job) => describe(job, 'running'))),
    queue
      .getJobs(['waiting', 'prioritized', 'delayed'])
      .then((jobs) => jobs.map((job) => describe(job, 'waiting'))),
  ]);
  return lists.flat(2);
}

function describe(job: Job | undefined, state: RunningCheck['state']): readonly RunningCheck[] {
  const payload = checkJobSchema.safeParse(job?.data);
  if (!job || !payload.success) return [];
  const since = job.processedOn === undefined ? {} : { since: new Date(job.processedOn).toISOString() };
  return [{ runId: payload.data.runId, job: payload.data, state, ...since, ...placeOf(job) }];
}
