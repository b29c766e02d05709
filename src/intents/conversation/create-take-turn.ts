import type { Intent, Match, MatchContext, Matcher } from '../intent.js';
import { probabilityOf } from '../match/evidence.js';
import type { AskedPassage, PassageRecogniser } from '../passages/create-passage-recogniser.js';
import type { NamedEntry, Reply, TakeTurn, ThreadState, Turn } from './conversation.js';
import type { TalkReader } from './create-talk-reader.js';
import { splitQuestions } from './split-questions.js';
import { namedBy, type ThreadEvidence } from './thread-evidence.js';
import type { ThreadWeights } from './thread-weights.js';

interface TurnParts {
  readonly intents: readonly Intent[];
  readonly matcher: Matcher;
  readonly passages: PassageRecogniser;
  readonly talk: TalkReader;
  readonly evidence: ThreadEvidence;
  readonly weights: ThreadWeights;
}

/** What a first question asks for besides the entry: only what is plain, and not what every card begins with. */
const PLAIN = 0.5;
const onEveryCard: ReadonlySet<string> = new Set(['symptom', 'cause', 'step', 'answer', 'check']);
/** An answer that rests on the thread, not on its words. */
const FOLLOWED = 0.9;
const MOST_OFFERED = 4;
const MOST_BESIDES = 2;

export function createTakeTurn(parts: TurnParts): TakeTurn {
  const byId = new Map(parts.intents.map((intent) => [intent.id, intent]));
  return (state, text, context = {}) => takeTurn({ ...parts, byId, context }, state, text);
}

interface Hearing extends TurnParts {
  readonly byId: ReadonlyMap<string, Intent>;
  /** What is known of the cluster in question. */
  readonly context: MatchContext;
}

function takeTurn(hearing: Hearing, state: ThreadState, text: string): Turn {
  const talk = hearing.talk.read(text);
  if (talk !== undefined) return { reply: { ...silent, kind: 'talk', talk }, state };
  const { entry } = state;
  if (entry !== undefined && hearing.talk.isStillBroken(text)) {
    const own = matchOf(hearing, text);
    if (own.kind !== 'sure' || goesOn(hearing, { entry, text, own }) !== false)
      return stillBroken(hearing, { state, entry, text });
  }
  const [first, second] = splitQuestions(text);
  return (
    (second === undefined ? undefined : two(hearing, state, [first, second])) ?? one(hearing, state, text)
  );
}

const matchOf = ({ matcher, context }: Hearing, text: string): Match => matcher.match(text, context);

/** A message in a thread that has an entry under discussion. */
interface InThread {
  readonly state: ThreadState;
  readonly entry: string;
  readonly text: string;
}

/** Whether it goes on about the entry under discussion; undefined = that cannot be told. */
function goesOn(
  { evidence, weights, context }: Hearing,
  { entry, text, own }: Pick<InThread, 'entry' | 'text'> & { readonly own: Match },
): boolean | undefined {
  const { stays, leaves } = weights.thresholds;
  const share = probabilityOf(evidence(entry, { text, own, context }), weights.stays);
  if (share >= stays) return true;
  return share < leaves ? false : undefined;
}

function answer(state: ThreadState, entry: string, rest: Partial<Reply>): Turn {
  const whole = rest.asked === undefined;
  const others = state.others.filter(({ id }) => id !== entry);
  return {
    reply: { ...silent, kind: 'answer', intent: entry, score: FOLLOWED, ...rest, others },
    state: {
      entry,
      others,
      shown: whole ? [...new Set([...state.shown, entry])] : state.shown,
      stillBroken: rest.stillBroken ?? 0,
    },
  };
}

function passageOf(
  { byId, passages }: Hearing,
  { entry, text }: Pick<InThread, 'entry' | 'text'>,
  only?: string,
): AskedPassage | undefined {
  const intent = byId.get(entry);
  return intent === undefined ? undefined : passages.recognise(text, intent, only);
}

/** The entry as a whole once a thread, unless a passage of it is plainly asked for. */
function present(hearing: Hearing, { state, entry, text }: InThread): AskedPassage | undefined {
  if (state.shown.includes(entry)) return passageOf(hearing, { entry, text });
  const { kind, share } = hearing.passages.wording(text);
  if (share < PLAIN || onEveryCard.has(kind)) return undefined;
  const asked = passageOf(hearing, { entry, text });
  return asked?.passage === undefined || onEveryCard.has(asked.kinds[0]) ? undefined : asked;
}

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

function inThread(hearing: Hearing, { state, entry, text }: InThread): Turn {
  const own = matchOf(hearing, text);
  const stays = goesOn(hearing, { entry, text, own });
  if (stays === true) return answer(state, entry, { asked: passageOf(hearing, { entry, text }) });
  if (stays === false && own.kind === 'sure') return byItself(hearing, { state, text, own });
  const named = namedBy(own)
    .filter(({ id }) => id !== entry)
    .slice(0, MOST_OFFERED - 1);
  const candidates = [...named, { id: entry, score: 0 }];
  return {
    reply: { ...silent, kind: 'choice', candidates, others: candidates },
    state: { ...state, others: named, stillBroken: 0 },
  };
}

function stillBroken(hearing: Hearing, { state, entry, text }: InThread): Turn {
  const asked = passageOf(hearing, { entry, text }, 'check');
  return answer(state, entry, { asked, stillBroken: state.stillBroken + 1 });
}

function one(hearing: Hearing, state: ThreadState, text: string): Turn {
  if (state.entry !== undefined) return inThread(hearing, { state, entry: state.entry, text });
  const own = matchOf(hearing, text);
  if (own.kind !== 'sure' && state.unplaced !== undefined) {
    const together = matchOf(hearing, `${state.unplaced}\n${text}`);
    if (together.kind !== 'unplaced') return byItself(hearing, { state, text, own: together });
  }
  return byItself(hearing, { state, text, own });
}

/** The second question's entry beside the first's; undefined where the message is better read as one. */
function two(
  hearing: Hearing,
  state: ThreadState,
  [first, second]: readonly [string, string],
): Turn | undefined {
  const before = one(hearing, state, first);
  if (before.reply.kind !== 'answer') return undefined;
  const { reply } = one(hearing, before.state, second);
  const named = besides(before.reply, reply, matchOf(hearing, second));
  if (reply.kind === 'answer' && reply.intent === before.reply.intent) {
    if (state.entry === undefined) return undefined;
    return { ...before, reply: { ...before.reply, askedToo: reply.asked, candidates: named } };
  }
  if (named.length === 0 || (state.entry === undefined && reply.kind !== 'answer')) return undefined;
  return { ...before, reply: { ...before.reply, candidates: named } };
}

/** What a second question may be about, besides what the first one was answered with. */
function besides(first: Reply, second: Reply, own: Match): readonly NamedEntry[] {
  const named =
    second.kind === 'answer' && second.intent !== first.intent && second.intent !== undefined
      ? [{ id: second.intent, score: 1 }]
      : own.kind === 'unplaced'
        ? []
        : namedBy(own);
  return named.filter(({ id }) => id !== first.intent).slice(0, MOST_BESIDES);
}

const silent: Reply = {
  kind: 'unknown',
  intent: undefined,
  asked: undefined,
  askedToo: undefined,
  score: 0,
  candidates: [],
  others: [],
  suggestChecks: [],
  talk: undefined,
  stillBroken: 0,
};
