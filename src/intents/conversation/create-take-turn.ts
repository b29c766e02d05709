import type { TakeTurn, ThreadState, Turn } from './conversation.js';
import { goesOn, type Hearing, type InThread, matchOf, passageOf, type TurnParts } from './hearing.js';
import { nameOtherWish } from './two-in-one/name-other-wish.js';
import { answer, silent } from './replies.js';
import { splitQuestions } from './two-in-one/split-questions.js';
import { twoQuestions } from './two-in-one/two-questions.js';

export function createTakeTurn(parts: TurnParts): TakeTurn {
  const byId = new Map(parts.intents.map((intent) => [intent.id, intent]));
  return (state, text, context = {}) => takeTurn({ ...parts, byId, context }, state, text);
}

function takeTurn(hearing: Hearing, state: ThreadState, text: string): Turn {
  const { entry } = state;
  const talk = hearing.talk.read(text, entry);
  if (talk !== undefined) return { reply: { ...silent, kind: 'talk', talk }, state };
  if (entry !== undefined && hearing.talk.isStillBroken(text)) {
    const own = matchOf(hearing, text);
    if (own.kind !== 'sure' || goesOn(hearing, { entry, text, own }) !== false)
      return stillBroken(hearing, { state, entry, text });
  }
  const [first, second] = splitQuestions(text);
  return (
    (second === undefined ? undefined : twoQuestions(hearing, state, { text, parts: [first, second] })) ??
    nameOtherWish(hearing, state, text)
  );
}

function stillBroken(hearing: Hearing, { state, entry, text }: InThread): Turn {
  const asked = passageOf(hearing, { entry, text }, 'check');
  return answer(state, entry, { asked, stillBroken: state.stillBroken + 1 });
}
