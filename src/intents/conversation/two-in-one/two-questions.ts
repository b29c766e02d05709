import type { Match } from '../../intent.js';
import type { NamedEntry, Reply, ThreadState, Turn } from '../conversation.js';
import { type Hearing, matchOf } from '../hearing.js';
import { entriesNamedIn, oneQuestion } from '../one-question.js';
import type { TwoQuestions } from './split-questions.js';

const MOST_BESIDES = 3;
/** Of those that the unclear one of two questions could be about. */
const MOST_ASKED = 2;
/** From here on an entry that a question may be about is worth naming beside the answer. */
const LIKELY = 0.4;

interface TwoAsked {
  /** The whole message. */
  readonly text: string;
  readonly parts: TwoQuestions;
}

/** The second question's entry beside the first's; undefined where the message is better read as one. */
export function twoQuestions(
  hearing: Hearing,
  state: ThreadState,
  { text, parts }: TwoAsked,
): Turn | undefined {
  const [first, second] = parts;
  const own = matchOf(hearing, second);
  if (!parts.every((part) => hearing.talk.asks(part) || matchOf(hearing, part).kind === 'sure'))
    return undefined;
  const before = oneQuestion(hearing, state, first);
  if (before.reply.kind !== 'answer') {
    const isClear = state.entry === undefined && matchOf(hearing, text).kind === 'sure';
    return isClear
      ? beside(hearing, oneQuestion(hearing, state, text), [
          ...likelyIn(matchOf(hearing, first)),
          ...likelyIn(own),
        ])
      : secondAlone(hearing, state, { before, second });
  }
  const { reply } = oneQuestion(hearing, before.state, second);
  const named = besides(hearing, before.reply, [
    ...namedBySecond(reply, own),
    ...likelyIn(own),
    ...namedInPassage(reply),
    ...(state.entry === undefined ? [] : likelyIn(matchOf(hearing, first))),
  ]);
  if (reply.kind === 'answer' && reply.intent === before.reply.intent) {
    if (state.entry === undefined && named.length === 0) return undefined;
    return { ...before, reply: { ...before.reply, askedToo: reply.asked, candidates: named } };
  }
  return named.length === 0 ? undefined : { ...before, reply: { ...before.reply, candidates: named } };
}

/** The answer to the message as a whole, and what its first question is rather about. */
function beside(hearing: Hearing, whole: Turn, named: readonly NamedEntry[]): Turn | undefined {
  const candidates = besides(hearing, whole.reply, named);
  return candidates.length === 0 ? undefined : { ...whole, reply: { ...whole.reply, candidates } };
}

/** Where the first question could be about several entries and the second is clear, that is answered, and those are named. */
function secondAlone(
  hearing: Hearing,
  state: ThreadState,
  { before, second }: { readonly before: Turn; readonly second: string },
): Turn | undefined {
  const after = oneQuestion(hearing, state, second);
  if (before.reply.kind !== 'choice' || after.reply.kind !== 'answer') return undefined;
  const others = before.reply.candidates.filter(({ id, score }) => id !== state.entry && score > 0);
  const named = besides(hearing, after.reply, [
    ...others.slice(0, MOST_ASKED),
    ...namedInPassage(after.reply),
  ]);
  return { ...after, reply: { ...after.reply, candidates: named } };
}

/** What the two questions may be about, besides what the first one was answered with: each once. */
function besides({ byId }: Hearing, first: Reply, named: readonly NamedEntry[]): readonly NamedEntry[] {
  return named
    .filter(
      ({ id }, at) => id !== first.intent && byId.has(id) && named.findIndex((one) => one.id === id) === at,
    )
    .slice(0, MOST_BESIDES);
}

/** One that follows on names nothing of its own, unless its words are clearly about another entry. */
function namedBySecond({ kind, intent, candidates }: Reply, own: Match): readonly NamedEntry[] {
  if (own.kind === 'sure') return [own.best];
  if (kind === 'answer') return intent === undefined ? [] : [{ id: intent, score: 1 }];
  if (own.kind === 'torn') return own.candidates;
  return kind === 'choice' ? candidates.slice(0, 1) : [];
}

function likelyIn(own: Match): readonly NamedEntry[] {
  return own.kind === 'torn' ? own.candidates.filter(({ score }) => score >= LIKELY) : [];
}

/** The entries that the passage answered with sends its reader to. */
function namedInPassage({ asked }: Reply): readonly NamedEntry[] {
  return entriesNamedIn(asked?.passage?.markdown ?? '').map((id) => ({ id, score: 0 }));
}
