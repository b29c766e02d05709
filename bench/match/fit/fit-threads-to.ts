import type { ThreadWeights } from '../../../src/intents/conversation/thread-weights.js';
import type { Intent, Matcher } from '../../../src/intents/intent.js';
import { openConversations } from '../open-conversations.js';
import { readSet } from '../sets/read-set.js';
import { fitThreads } from './fit-threads.js';

const UNFITTED: ThreadWeights = { stays: { bias: 0, weights: {} }, thresholds: { stays: 1, leaves: 0 } };

/** Fits what reads threads to a matcher, on the conversations that were tuned on. */
export async function fitThreadsTo(intents: readonly Intent[], matcher: Matcher): Promise<ThreadWeights> {
  const { evidence, names } = await openConversations({ intents, matcher, weights: UNFITTED });
  const [{ conversations }, written, terse] = await Promise.all([
    readSet('bench/match/sets/conversations.jsonl', names),
    readSet('bench/match/sets/held-out.jsonl', names),
    readSet('bench/match/sets/held-out-terse.jsonl', names),
  ]);
  return fitThreads({
    ...{ conversations, matcher, evidence, entries: intents.map(({ id }) => id) },
    questions: [...written.questions, ...terse.questions],
  });
}
