import { forgotten } from './job-options.js';
import type { OpenQueues } from './open-queues.js';
import { parsePayload } from './parse-payload.js';
import { cardJobSchema, careJobSchema, fixJobSchema } from './payloads.js';
import { cardTasks, jobIds, scheduleTasks } from './queue-names.js';
import type { Queues } from './queues.js';

const HOUR_MS = 3_600_000;

/** A fix, its card, and looking at it again once it worked. */
export function createFixQueue(
  { add }: OpenQueues,
  { now }: { readonly now: () => Date },
): Pick<Queues, 'fix' | 'card' | 'catchUpCard' | 'expireCard' | 'care'> {
  return {
    fix: async (payload) => {
      const data = parsePayload(fixJobSchema, payload, 'fix');
      await add('fixes', 'fix', { data, options: { ...forgotten, jobId: jobIds.fix(data.proposalId) } });
    },

    card: async (payload) => {
      const data = parsePayload(cardJobSchema, payload, 'card');
      const deduplication = { id: `show-${data.proposalId}`, keepLastIfActive: true };
      await add('cards', cardTasks.show, { data, options: { ...forgotten, deduplication } });
    },

    catchUpCard: async (payload) => {
      const data = parsePayload(cardJobSchema, payload, 'card');
      const deduplication = { id: `catch-up-${data.proposalId}` };
      await add('cards', cardTasks.catchUp, { data, options: { ...forgotten, deduplication } });
    },

    expireCard: async ({ proposalId, at }) => {
      const data = parsePayload(cardJobSchema, { proposalId }, 'card');
      const delay = Math.max(0, at.getTime() - now().getTime());
      const options = { ...forgotten, jobId: jobIds.expire(proposalId), delay };
      await add('cards', cardTasks.expire, { data, options });
    },

    care: async ({ proposalId, hours, since }) => {
      const data = parsePayload(careJobSchema, { proposalId, hours }, 'care');
      const delay = Math.max(0, since.getTime() + hours * HOUR_MS - now().getTime());
      const options = { ...forgotten, jobId: jobIds.care(proposalId, hours), delay };
      await add('schedules', scheduleTasks.care, { data, options });
    },
  };
}
