import type { Job } from 'bullmq';
import { z } from 'zod';
import { AcknetError } from '../../errors.js';
import { parsePayload } from '../queues/parse-payload.js';
import { type CareJob, careJobSchema } from '../queues/payloads.js';
import { scheduleTasks } from '../queues/queue-names.js';

const dataSchema = z.object({ schedule: z.string() });

/** A schedule is due. */
export interface DueSchedule {
  readonly task: 'run';
  readonly schedule: string;
  /** When it fell due: one run each, however often the job is taken up. */
  readonly due: number;
}

/** A fix that worked is to be looked at again. */
interface CareTask extends CareJob {
  readonly task: 'care';
}

export type ScheduleTask = DueSchedule | CareTask;

export function scheduleTaskOf({ id, name, data }: Pick<Job, 'id' | 'name' | 'data'>): ScheduleTask {
  if (name === scheduleTasks.care) return { task: 'care', ...parsePayload(careJobSchema, data, 'care') };
  if (name !== scheduleTasks.run)
    throw new AcknetError('job.invalid', `There is no schedule job named ${name}.`);
  const { schedule } = parsePayload(dataSchema, data, 'schedule');
  // BullMQ names such a job `repeat:<schedule>:<when it is due>`.
  return { task: 'run', schedule, due: Number(id?.split(':').at(-1)) || 0 };
}
