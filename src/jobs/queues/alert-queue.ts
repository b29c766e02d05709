import { createHash } from 'node:crypto';
import { maskAll } from '../../masking/mask.js';
import { lookedSchema, notificationSchema } from '../alerts/alert.js';
import { forgotten } from './job-options.js';
import type { OpenQueues } from './open-queues.js';
import { parsePayload } from './parse-payload.js';
import { alertTasks } from './queue-names.js';
import type { Queues } from './queues.js';

export function createAlertQueue({ add }: OpenQueues): Pick<Queues, 'alerts' | 'looked'> {
  return {
    alerts: async (payload) => {
      const data = maskAll(parsePayload(notificationSchema, payload, 'alert'));
      const jobId = `take-${createHash('sha256').update(JSON.stringify(data)).digest('hex').slice(0, 32)}`;
      await add('alerts', alertTasks.take, { data, options: { ...forgotten, jobId } });
    },

    looked: async (payload) => {
      const data = maskAll(parsePayload(lookedSchema, payload, 'alert'));
      await add('alerts', alertTasks.show, { data, options: forgotten });
    },
  };
}
