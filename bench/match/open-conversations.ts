import {
  type Conversations,
  createConversations,
} from '../../src/intents/conversation/create-conversations.js';
import { loadTalk } from '../../src/intents/conversation/talk-data.js';
import type { ThreadWeights } from '../../src/intents/conversation/thread-weights.js';
import type { KnownNames } from '../../src/intents/evaluation/read-questions.js';
import type { Intent, Matcher } from '../../src/intents/intent.js';
import { loadUnweightedData } from '../../src/intents/match/data/load-match-data.js';
import { createTranslate } from '../../src/intents/match/words/translate.js';
import { loadCueWords } from '../../src/intents/passages/cue-words.js';
import { loadPassageKinds } from '../../src/intents/passages/passage-kinds.js';

interface ConversationInput {
  readonly intents: readonly Intent[];
  readonly matcher: Matcher;
  readonly weights: ThreadWeights;
}

/** What reads threads, and what labels of its sets may name. */
export async function openConversations(
  input: ConversationInput,
): Promise<Conversations & { readonly names: KnownNames }> {
  const [passageKinds, cueWords, talk, { commonWords, vocabulary }] = await Promise.all([
    loadPassageKinds('intents'),
    loadCueWords('intents'),
    loadTalk('intents'),
    loadUnweightedData('intents'),
  ]);
  const names = {
    intents: new Set(input.intents.map(({ id }) => id)),
    passages: new Set(Object.keys(passageKinds)),
  };
  const translate = createTranslate(vocabulary.chinese);
  const parts = { ...input, passageKinds, cueWords, talk, commonWords, translate };
  return { ...createConversations(parts), names };
}
