import type { Job } from 'bullmq';
import { AcknetError } from '../../errors.js';
import { parsePayload } from '../queues/parse-payload.js';
import { cardJobSchema } from '../queues/payloads.js';
import { cardTasks } from '../queues/queue-names.js';

/** show = bring the card in line with its proposal; catch-up = the same, unless somebody did meanwhile; expire = its time is up; sweep = look after all of them. */
export type CardTask =
  | { readonly task: 'show' | 'catch-up' | 'expire'; readonly proposalId: string }
  | { readonly task: 'sweep' };

export function cardTaskOf({ name, data }: Pick<Job, 'name' | 'data'>): CardTask {
  if (name === cardTasks.sweep) return { task: 'sweep' };
  if (name !== cardTasks.show && name !== cardTasks.catchUp && name !== cardTasks.expire)
    throw new AcknetError('job.invalid', `There is no card job named ${name}.`);
  const { proposalId } = parsePayload(cardJobSchema, data, 'card');
  return { task: name, proposalId };
}
