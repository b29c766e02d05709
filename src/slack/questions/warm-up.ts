import pLimit from 'p-limit';
import { onWire } from '../kit/on-wire.js';
import { createQuestionResponder, type ResponderPorts } from './create-question-responder.js';

/** Clusters read at a time. */
const READ_AT_ONCE = 4;
/** Of each entry. */
const PHRASINGS = 2;

/**
 * Answers for nobody before anybody asks: the facts of the clusters are read then, and what reads and writes answers has
 * run. Else the first questions after a start wait some tenths of a second for both, and those behind them with them.
 * Stops where it is once the signal aborts.
 */
export async function warmUp(ports: ResponderPorts, signal: AbortSignal): Promise<void> {
  const { clusters, facts, catalogue } = ports;
  const limit = pLimit(READ_AT_ONCE);
  const read = clusters.names.map((name) => limit(async () => signal.aborted || facts(name)));
  await Promise.allSettled(read);
  const responder = createQuestionResponder({ ...ports, ...forNobody });
  for (const { ask } of catalogue.all)
    for (const text of ask.slice(0, PHRASINGS)) {
      if (signal.aborted) return;
      await responder.answer({ ...nowhere, text, asker: { user: '', team: '' }, surface: 'mention' });
    }
}

const nowhere = { channel: '', ts: '' };
const nothing = async (): Promise<void> => undefined;

/** Nothing of it is kept, posted or counted, and no cluster is asked for what an entry looks up. */
const forNobody = {
  approvals: { maySee: async () => ({ ok: true }) },
  exchanges: {
    find: async () => ({ exchange: undefined, topic: undefined }),
    begin: nothing,
    save: nothing,
  },
  lookUp: async (cluster) => ({
    cluster,
    at: new Date(0).toISOString(),
    facts: [],
    unread: [],
    blind: undefined,
  }),
  metrics: { questions: { inc: () => undefined } },
  poster: {
    post: async (_key, _place, message) => {
      onWire(message);
      return nowhere;
    },
    follow: nothing,
  },
  records: { record: nothing },
} satisfies Partial<ResponderPorts>;
