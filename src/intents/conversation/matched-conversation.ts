import type { Match, Matcher } from '../intent.js';
import type { Conversation, Reply } from './conversation.js';
import { isGreeting } from './is-greeting.js';

/** A thread as the matcher alone holds it: the entry of the last sure answer is the context. It knows no passages. */
export function openMatchedConversation(matcher: Matcher): Conversation {
  let entry: string | undefined;
  return {
    turn(text) {
      if (isGreeting(text.trim())) return replyOf('talk');
      const match = matcher.match(text, entry === undefined ? {} : { entry });
      entry = match.kind === 'sure' ? match.best.id : undefined;
      return asReply(match);
    },
    pick(intent) {
      entry = intent;
    },
  };
}

function asReply(match: Match): Reply {
  switch (match.kind) {
    case 'sure':
      return { ...replyOf('answer'), intent: match.best.id };
    case 'torn':
      return { ...replyOf('choice'), candidates: match.candidates.map(({ id }) => id) };
    case 'unplaced':
      return replyOf('unknown');
  }
}

const replyOf = (kind: Reply['kind']): Reply => ({
  kind,
  intent: undefined,
  passage: undefined,
  candidates: [],
});
