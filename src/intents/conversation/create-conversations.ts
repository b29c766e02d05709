import type { Intent, Matcher } from '../intent.js';
import { createStemmer } from '../match/words/create-stemmer.js';
import type { Translate } from '../match/words/translate.js';
import { createPassageRecogniser } from '../passages/create-passage-recogniser.js';
import type { CueWords } from '../passages/cue-words.js';
import type { PassageKinds } from '../passages/passage-kinds.js';
import type { TakeTurn } from './conversation.js';
import { createTakeTurn } from './create-take-turn.js';
import { createTalkReader, type TalkReader } from './create-talk-reader.js';
import type { TalkData } from './talk-data.js';
import { createThreadEvidence, type ThreadEvidence } from './thread-evidence.js';
import type { ThreadWeights } from './thread-weights.js';

interface ConversationParts {
  readonly intents: readonly Intent[];
  readonly matcher: Matcher;
  readonly passageKinds: PassageKinds;
  readonly cueWords: CueWords;
  /** English words that are what they say. */
  readonly commonWords: ReadonlySet<string>;
  readonly translate: Translate;
  readonly talk: TalkData;
  readonly weights: ThreadWeights;
}

/** What reads the messages of threads; it keeps nothing between them. */
export interface Conversations {
  readonly takeTurn: TakeTurn;
  /** What kind of ordinary talk a message is; undefined = it asks or tells something. */
  readonly readTalk: TalkReader['read'];
  /** What the decision rests on whether a message goes on about an entry. */
  readonly evidence: ThreadEvidence;
}

export function createConversations({
  intents,
  matcher,
  passageKinds,
  cueWords,
  commonWords,
  translate,
  talk: data,
  weights,
}: ConversationParts): Conversations {
  const stem = createStemmer();
  const passages = createPassageRecogniser({
    intents,
    kinds: passageKinds,
    cueWords,
    commonWords,
    stem,
    translate,
  });
  const talk = createTalkReader({
    data,
    stem,
    commonWords,
    isOfTheField: matcher.isOfTheField,
    isPlaced: (text) => matcher.match(text).kind !== 'unplaced',
  });
  const evidence = createThreadEvidence({ intents, matcher, stem, passages, talk });
  return {
    takeTurn: createTakeTurn({ intents, matcher, passages, talk, evidence, weights }),
    readTalk: talk.read,
    evidence,
  };
}
