import type { Match } from '../intent.js';
import type { NamedEntry, Reply, ThreadState, Turn } from './conversation.js';
import { type Hearing, matchOf } from './hearing.js';
import { oneQuestion } from './one-question.js';
import type { TwoQuestions } from './split-questions.js';

const MOST_BESIDES = 2;

/** The second question's entry beside the first's; undefined where the message is better read as one. */
export function twoQuestions(
  hearing: Hearing,
  state: ThreadState,
  [first, second]: TwoQuestions,
): Turn | undefined {
  const own = matchOf(hearing, second);
  if (![first, second].every((part) => hearing.talk.asks(part) || matchOf(hearing, part).kind === 'sure'))
    return undefined;
  const before = oneQuestion(hearing, state, first);
  if (before.reply.kind !== 'answer') return secondAlone(hearing, state, { before, second });
  const { reply } = oneQuestion(hearing, before.state, second);
  const named = besides(before.reply, reply, own);
  if (reply.kind === 'answer' && reply.intent === before.reply.intent) {
    if (state.entry === undefined && named.length === 0) return undefined;
    return { ...before, reply: { ...before.reply, askedToo: reply.asked, candidates: named } };
  }
  return named.length === 0 ? undefined : { ...before, reply: { ...before.reply, candidates: named } };
}

/** Where the first question could be about several entries and the second is clear, that is answered, and those are named. */
function secondAlone(
  hearing: Hearing,
  state: ThreadState,
  { before, second }: { readonly before: Turn; readonly second: string },
): Turn | undefined {
  const after = oneQuestion(hearing, state, second);
  if (before.reply.kind !== 'choice' || after.reply.kind !== 'answer') return undefined;
  const others = before.reply.candidates.filter(({ id }) => id !== after.reply.intent && id !== state.entry);
  return { ...after, reply: { ...after.reply, candidates: others.slice(0, MOST_BESIDES) } };
}

/** What a second question may be about, besides what the first one was answered with. */
function besides(first: Reply, second: Reply, own: Match): readonly NamedEntry[] {
  return namedBySecond(second, own)
    .filter(({ id }) => id !== first.intent)
    .slice(0, MOST_BESIDES);
}

/** One that follows on names nothing of its own, unless its words are clearly about another entry. */
function namedBySecond({ kind, intent }: Reply, own: Match): readonly NamedEntry[] {
  if (own.kind === 'sure') return [own.best];
  if (kind === 'answer') return intent === undefined ? [] : [{ id: intent, score: 1 }];
  return own.kind === 'torn' ? own.candidates : [];
}
