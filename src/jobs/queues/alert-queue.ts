import { createHash } from 'node:crypto';
import { maskAll } from '../../masking/mask.js';
import { lookedSchema, notificationSchema } from '../alerts/alert.js';
import { forgotten } from './job-options.js';
import type { OpenQueues } from './open-queues.js';
import { parsePayload } from './parse-payload.js';
import { alertTasks } from './queue-names.js';
import type { Queues } from './queues.js';

export function createAlertQueue(
  { add }: OpenQueues,
  { showEveryMs }: { readonly showEveryMs: number },
): Pick<Queues, 'alerts' | 'looked' | 'showIncident'> {
  return {
    alerts: async (payload) => {
      const data = maskAll(parsePayload(notificationSchema, payload, 'alert'));
      const jobId = `take-${createHash('sha256').update(JSON.stringify(data)).digest('hex').slice(0, 32)}`;
      await add('alerts', alertTasks.take, { data, options: { ...forgotten, jobId } });
    },

    looked: async (payload) => {
      const data = maskAll(parsePayload(lookedSchema, payload, 'alert'));
      await add('alerts', alertTasks.looked, { data, options: forgotten });
    },

    showIncident: async ({ incident, isNew }) => {
      const deduplication = { id: `show-${incident}`, keepLastIfActive: true };
      const options = { ...forgotten, deduplication, delay: isNew ? 0 : showEveryMs };
      await add('alerts', alertTasks.show, { data: { incident }, options });
    },
  };
}
