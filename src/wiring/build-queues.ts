import { createFleetFlow } from '../jobs/fleet/create-fleet-flow.js';
import { createQueues } from '../jobs/queues/create-queues.js';
import type { QueuedJob } from '../jobs/queues/open-queues.js';
import { alertTasks } from '../jobs/queues/queue-names.js';
import type { Given } from './app-ports.js';

/** What hands work on: the queues, and the flow of a fleet's checks, opened alike. */
export function buildQueues({ ports, tuning }: Given) {
  const { redis: connection, now, newId, logger, tracing } = ports;
  const { prefix, editEveryMs: showEveryMs } = tuning;
  const opened = { connection, prefix, now, newId, telemetry: tracing?.telemetry, showEveryMs };
  return {
    queues: createQueues({
      ...opened,
      // What only brings a message in line follows from something that has a line of its own.
      onQueued: (queued) => {
        const { queue, job } = queued;
        logger[isShown(queued) ? 'debug' : 'info']({ queue, job }, 'queued');
      },
    }),
    fleets: createFleetFlow(opened),
  };
}

const isShown = ({ queue, name }: QueuedJob): boolean =>
  queue === 'cards' || queue === 'homes' || (queue === 'alerts' && name === alertTasks.show);
