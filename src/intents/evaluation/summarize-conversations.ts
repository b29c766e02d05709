import {
  isFound,
  isOnPassage,
  isPlaced,
  isRight,
  isWrongAndSure,
  type JudgedTurn,
} from './judge-conversations.js';
import { type TurnKind, turnKinds } from './labelled-conversation.js';
import { shareOf } from './share-of.js';

/** All but the counts are shares, 0 to 1, of the turns of that kind. */
export interface ConversationFigures {
  readonly turns: Readonly<Record<TurnKind, number>>;
  /** A right entry, answered with or offered. */
  readonly first: number;
  readonly switch: number;
  /** A right entry, answered with: who asks on is not asked back. */
  readonly followUp: number;
  readonly stillBroken: number;
  /** The passage meant, of the follow-ups whose answer the entry contains. */
  readonly passage: number;
  /** The passage asked for, of those whose answer it does not contain. */
  readonly unsaidPassage: number;
  /** "Still broken" answered with the check. */
  readonly stillBrokenCheck: number;
  /** Every entry asked about answered with or named; of two questions about one entry, a passage meant first. */
  readonly twoQuestions: number;
  /** Answered with a wrong entry, of all turns that ask something. */
  readonly wrongSure: number;
  /** Small talk and commands taken for a question. */
  readonly talkWrong: number;
}

export function summarizeConversations(judged: readonly JudgedTurn[]): ConversationFigures {
  const of = (kind: TurnKind): readonly JudgedTurn[] => judged.filter(({ turn }) => turn.kind === kind);
  const followUps = of('follow-up');
  return {
    turns: Object.fromEntries(turnKinds.map((kind) => [kind, of(kind).length])) as Record<TurnKind, number>,
    first: shareOf(of('first'), isFound),
    switch: shareOf(of('switch'), isFound),
    followUp: shareOf(followUps, isPlaced),
    stillBroken: shareOf(of('still-broken'), isPlaced),
    passage: shareOf(
      followUps.filter(({ turn }) => turn.said !== false),
      isOnPassage,
    ),
    unsaidPassage: shareOf(
      followUps.filter(({ turn }) => turn.said === false),
      isOnPassage,
    ),
    stillBrokenCheck: shareOf(of('still-broken'), isOnPassage),
    twoQuestions: shareOf(of('two-questions'), isRight),
    wrongSure: shareOf(
      judged.filter(({ turn }) => turn.kind !== 'talk'),
      isWrongAndSure,
    ),
    talkWrong: shareOf(of('talk'), ({ reply }) => reply.kind !== 'talk'),
  };
}
