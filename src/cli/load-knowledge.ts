import path from 'node:path';
import { type Conversations, createConversations } from '../intents/conversation/create-conversations.js';
import { loadTalk } from '../intents/conversation/talk-data.js';
import { loadThreadWeights } from '../intents/conversation/thread-weights.js';
import type { Intent } from '../intents/intent.js';
import { loadIntents } from '../intents/load-intents.js';
import { createMatcher, type ExplainingMatcher } from '../intents/match/create-matcher.js';
import { loadMatchData } from '../intents/match/data/load-match-data.js';
import { createTranslate } from '../intents/match/words/translate.js';
import { loadCueWords } from '../intents/passages/cue-words.js';
import { loadPassageKinds, type PassageKinds } from '../intents/passages/passage-kinds.js';

export interface LoadedKnowledge extends Conversations {
  readonly intents: readonly Intent[];
  readonly matcher: ExplainingMatcher;
  readonly passageKinds: PassageKinds;
}

/** The entries under `<root>/intents`, and what reads questions and threads about them. */
export async function loadKnowledge(root: string): Promise<LoadedKnowledge> {
  const folder = path.join(root, 'intents');
  const [intents, data, passageKinds, cueWords, talk, weights] = await Promise.all([
    loadIntents(folder),
    loadMatchData(folder),
    loadPassageKinds(folder),
    loadCueWords(folder),
    loadTalk(folder),
    loadThreadWeights(folder),
  ]);
  const matcher = createMatcher(intents, data);
  const conversations = createConversations({
    intents,
    matcher,
    passageKinds,
    cueWords,
    talk,
    weights,
    commonWords: data.commonWords,
    translate: createTranslate(data.vocabulary.chinese),
  });
  return { intents, matcher, passageKinds, ...conversations };
}
