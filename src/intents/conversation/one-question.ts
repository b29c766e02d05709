import type { Match } from '../intent.js';
import type { AskedPassage } from '../passages/create-passage-recogniser.js';
import type { NamedEntry, ThreadState, Turn } from './conversation.js';
import { goesOn, type Hearing, type InThread, matchOf, passageOf } from './hearing.js';
import { answer, choose, silent } from './replies.js';
import { afterTitle, namedBy } from './thread-evidence.js';

/** What a first question asks for besides the entry: only what is plain, and not what every card begins with. */
const PLAIN = 0.5;
const onEveryCard: ReadonlySet<string> = new Set(['symptom', 'cause', 'step', 'answer', 'check']);
/** What a passage is about that names other entries. */
const RELATED = 'related';

/** Reads a message as one question, or as what follows one. */
export function oneQuestion(hearing: Hearing, state: ThreadState, text: string): Turn {
  if (state.entry !== undefined) return inThread(hearing, { state, entry: state.entry, text });
  const own = matchOf(hearing, text);
  if (own.kind !== 'sure' && state.unplaced !== undefined) {
    const together = matchOf(hearing, `${state.unplaced}\n${text}`);
    if (together.kind !== 'unplaced') return byItself(hearing, { state, text, own: together });
  }
  return byItself(hearing, { state, text, own });
}

function inThread(hearing: Hearing, { state, entry, text }: InThread): Turn {
  const own = matchOf(hearing, text);
  const stays = goesOn(hearing, { entry, text, own });
  if (stays === true) return goOn(hearing, { state, entry, text });
  if (stays === false && own.kind === 'sure') return byItself(hearing, { state, text, own });
  return choose(state, couldMean(hearing, { entry, text, own }), entry);
}

/** Other entries that a message names by its own words, then those that it names together with the entry under discussion. */
function couldMean(
  { byId, context, matcher }: Hearing,
  { entry, text, own }: Pick<InThread, 'entry' | 'text'> & { readonly own: Match },
): readonly NamedEntry[] {
  const together = namedBy(matcher.match(afterTitle(byId.get(entry), text), context));
  const named = [...namedBy(own), ...together].filter(({ id }) => id !== entry);
  return named.filter(({ id }, at) => named.findIndex((one) => one.id === id) === at);
}

/** The passage asked for; where it only names the entry that has it, which of the two is meant is asked. */
function goOn(hearing: Hearing, { state, entry, text }: InThread): Turn {
  const asked = passageOf(hearing, { entry, text });
  const next = asked === undefined ? undefined : elsewhere(hearing, asked);
  return next === undefined
    ? answer(state, entry, { asked })
    : choose(state, [{ id: next, score: 1 }], entry);
}

/** The entry that has what was asked for, where the passage does nothing but name it. */
function elsewhere({ byId }: Hearing, { kinds: [asked], passage }: AskedPassage): string | undefined {
  if (passage === undefined || passage.kinds[0] !== RELATED || asked === RELATED) return undefined;
  return entriesNamedIn(passage.markdown).find((id) => byId.has(id));
}

/** What could be an entry's id in a passage: in code marks, without dots and blanks. */
export const entriesNamedIn = (markdown: string): readonly string[] =>
  [...markdown.matchAll(/`([a-z0-9-]+)`/g)].map(([, id = '']) => id);

/** A message that stands for itself: `own` is what it is matched to. */
function byItself(hearing: Hearing, { state, text, own }: Omit<InThread, 'entry'> & { own: Match }): Turn {
  const named = namedBy(own);
  if (own.kind === 'sure') {
    const entry = own.best.id;
    const asked = present(hearing, { state, entry, text });
    return answer({ ...state, others: named }, entry, { asked, score: own.best.score });
  }
  const kind = own.kind === 'torn' ? 'choice' : 'unknown';
  const suggestChecks = own.kind === 'unplaced' ? (own.suggestChecks ?? []) : [];
  return {
    reply: { ...silent, kind, candidates: named, others: named, suggestChecks },
    state: { ...state, others: named, unplaced: text, stillBroken: 0 },
  };
}

/** The entry as a whole once a thread, unless a passage of it is plainly asked for. */
function present(hearing: Hearing, { state, entry, text }: InThread): AskedPassage | undefined {
  if (state.shown.includes(entry)) return passageOf(hearing, { entry, text });
  const { kind, share } = hearing.passages.wording(text);
  if (share < PLAIN || onEveryCard.has(kind)) return undefined;
  const asked = passageOf(hearing, { entry, text });
  return asked?.passage === undefined || onEveryCard.has(asked.kinds[0]) ? undefined : asked;
}
