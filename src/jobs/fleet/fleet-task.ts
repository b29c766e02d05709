import type { Job } from 'bullmq';
import { AcknetError } from '../../errors.js';
import { parsePayload } from '../queues/parse-payload.js';
import { fleetTaskSchema } from '../queues/payloads.js';
import { fleetTasks } from '../queues/queue-names.js';

/** show = bring the message in line with what is known so far; tell = every cluster has its row: say the outcome. */
export interface FleetTask {
  readonly task: 'show' | 'tell';
  readonly fleetId: string;
}

export function fleetTaskOf({ name, data }: Pick<Job, 'name' | 'data'>): FleetTask {
  if (name !== fleetTasks.show && name !== fleetTasks.tell)
    throw new AcknetError('job.invalid', `There is no fleet job named ${name}.`);
  return { task: name, ...parsePayload(fleetTaskSchema, data, 'fleet') };
}
