import type { Reply } from '../conversation/conversation.js';
import type { Conversation, OpenConversation } from '../conversation/open-conversation.js';
import { type LabelledConversation, type LabelledTurn, passagesOf } from './labelled-conversation.js';

export interface JudgedTurn {
  readonly turn: LabelledTurn;
  readonly reply: Reply;
  /** What was said before it in its thread. */
  readonly before: readonly string[];
}

/**
 * Holds each conversation from its start. Where a reply asks back and offers a right entry, the person takes it; else the
 * thread goes on with whatever was answered.
 */
export function judgeConversations(
  open: OpenConversation,
  conversations: readonly LabelledConversation[],
): readonly JudgedTurn[] {
  return conversations.flatMap(({ turns }) => {
    const conversation = open();
    return turns.map((turn, at) => ({
      turn,
      reply: replyTo(turn, conversation),
      before: turns.slice(0, at).map(({ text }) => text),
    }));
  });
}

function replyTo(turn: LabelledTurn, conversation: Conversation): Reply {
  const reply = conversation.turn(turn.text);
  const offered = reply.kind === 'choice' ? turn.intents.find((id) => isNamed(reply, id)) : undefined;
  if (offered !== undefined) conversation.pick(offered);
  return reply;
}

/** Answered with a right entry. */
export function isPlaced({ turn, reply }: JudgedTurn): boolean {
  return reply.kind === 'answer' && reply.intent !== undefined && turn.intents.includes(reply.intent);
}

/** Answered with a right entry, or asked back with one. */
export function isFound(judged: JudgedTurn): boolean {
  const { turn, reply } = judged;
  return isPlaced(judged) || (reply.kind === 'choice' && turn.intents.some((id) => isNamed(reply, id)));
}

/** Answered with the passage meant, of a right entry: one that is about what was asked for. */
export function isOnPassage(judged: JudgedTurn): boolean {
  const kinds: readonly string[] = judged.reply.asked?.kinds ?? [];
  return isPlaced(judged) && passagesOf(judged.turn).some((kind) => kinds.includes(kind));
}

const isNamed = ({ candidates }: Reply, intent: string): boolean =>
  candidates.some(({ id }) => id === intent);

/** Every entry asked about is answered with or named. */
function namesAll({ turn, reply }: JudgedTurn): boolean {
  return turn.intents.every((id) => id === reply.intent || isNamed(reply, id));
}

/** Answered with an entry that is not meant. */
export function isWrongAndSure(judged: JudgedTurn): boolean {
  return judged.reply.kind === 'answer' && !isPlaced(judged);
}

/** Whether a turn was answered as its kind asks for. */
export function isRight(judged: JudgedTurn): boolean {
  const { turn, reply } = judged;
  switch (turn.kind) {
    case 'talk':
      return reply.kind === 'talk';
    case 'two-questions':
      return namesAll(judged) && (turn.passage === undefined || isOnPassage(judged));
    case 'follow-up':
    case 'still-broken':
      return isOnPassage(judged);
    default:
      return turn.passage === undefined ? isFound(judged) : isOnPassage(judged);
  }
}
