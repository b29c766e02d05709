import type { Job } from 'bullmq';
import { AcknetError } from '../../errors.js';
import { parsePayload } from '../queues/parse-payload.js';
import { alertTasks } from '../queues/queue-names.js';
import { type Looked, lookedSchema, type Notification, notificationSchema, shownSchema } from './alert.js';

/** take = what a sender told; looked = the check of an incident has ended; show = its message is brought in line. */
export type AlertTask =
  | { readonly task: 'take'; readonly notification: Notification }
  | { readonly task: 'looked'; readonly looked: Looked }
  | { readonly task: 'show'; readonly incident: string };

export function alertTaskOf({ name, data }: Pick<Job, 'name' | 'data'>): AlertTask {
  if (name === alertTasks.take)
    return { task: name, notification: parsePayload(notificationSchema, data, 'alert') };
  if (name === alertTasks.looked) return { task: name, looked: parsePayload(lookedSchema, data, 'alert') };
  if (name === alertTasks.show) return { task: name, ...parsePayload(shownSchema, data, 'alert') };
  throw new AcknetError('job.invalid', `There is no alert job named ${name}.`);
}
