import { mask } from '../../masking/mask.js';
import { onRedis } from '../../ops/on-redis.js';
import { createAlertQueue } from './alert-queue.js';
import { createCheckQueue } from './check-queue.js';
import { createFixQueue } from './fix-queue.js';
import { forgotten, remembered } from './job-options.js';
import { type OpenOptions, openQueues } from './open-queues.js';
import { parsePayload } from './parse-payload.js';
import { questionJobSchema } from './payloads.js';
import { jobIds } from './queue-names.js';
import type { Queues } from './queues.js';

interface QueuesOptions extends OpenOptions {
  readonly now: () => Date;
  readonly newId: () => string;
  /** Between two edits of the message of an incident. */
  readonly showEveryMs: number;
}

/** Of a job that is to be done yet. */
const underWay: ReadonlySet<string> = new Set(['waiting', 'prioritized', 'active', 'delayed']);

/** What changes within it is shown together. */
const TOGETHER_MS = 1500;

export function createQueues(options: QueuesOptions): Queues {
  const open = openQueues(options);
  const { add, byName, counts, close } = open;
  return {
    queues: Object.values(byName),
    ...createCheckQueue(open, options),
    ...createFixQueue(open, options),
    ...createAlertQueue(open, options),

    question: async (payload) => {
      const data = { ...parsePayload(questionJobSchema, payload, 'question'), text: mask(payload.text) };
      await add('questions', 'question', { data, options: { ...remembered, jobId: jobIds.question(data) } });
    },

    isAnswering: async (job) => {
      const state = () => byName.questions.getJobState(jobIds.question(job));
      return underWay.has(await onRedis('look at a job', state));
    },

    home: async () => {
      const deduplication = { id: 'home', keepLastIfActive: true };
      await add('homes', 'home', { data: {}, options: { ...forgotten, deduplication, delay: TOGETHER_MS } });
    },

    counts,
    close,
  };
}
