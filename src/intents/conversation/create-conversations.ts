import type { Intent, Matcher } from '../intent.js';
import { createStemmer } from '../match/words/create-stemmer.js';
import { createPassageRecogniser } from '../passages/create-passage-recogniser.js';
import type { PassageKinds } from '../passages/passage-kinds.js';
import type { TakeTurn } from './conversation.js';
import { createStayShare } from './create-stay-share.js';
import { createTakeTurn } from './create-take-turn.js';
import { createTalkReader } from './create-talk-reader.js';
import type { TalkData, TalkKind } from './talk-data.js';

interface ConversationParts {
  readonly intents: readonly Intent[];
  readonly matcher: Matcher;
  readonly passageKinds: PassageKinds;
  readonly talk: TalkData;
}

/** What reads the messages of threads; it keeps nothing between them. */
export interface Conversations {
  readonly takeTurn: TakeTurn;
  /** What kind of ordinary talk a message is; undefined = it asks or tells something. */
  readonly readTalk: (text: string) => TalkKind | undefined;
}

export function createConversations({
  intents,
  matcher,
  passageKinds,
  talk: data,
}: ConversationParts): Conversations {
  const stem = createStemmer();
  const passages = createPassageRecogniser(intents, passageKinds, stem);
  const talk = createTalkReader(data, stem);
  const stayShare = createStayShare({ intents, matcher, stem, passages, talk });
  return { takeTurn: createTakeTurn({ intents, matcher, passages, talk, stayShare }), readTalk: talk.read };
}
