import type { Intent, Match, Matcher } from '../intent.js';
import type { AskedPassage, PassageRecogniser } from '../passages/create-passage-recogniser.js';
import type { NamedEntry, Reply, TakeTurn, ThreadState, Turn } from './conversation.js';
import { namedBy, type StayShare } from './create-stay-share.js';
import type { TalkReader } from './create-talk-reader.js';
import { splitQuestions } from './split-questions.js';

interface TurnParts {
  readonly intents: readonly Intent[];
  readonly matcher: Matcher;
  readonly passages: PassageRecogniser;
  readonly talk: TalkReader;
  readonly stayShare: StayShare;
}

/** From here on a message is taken to be about the entry under discussion; below the other, about something else. */
const STAYS = 0.55;
const LEAVES = 0.25;
/** What a first question asks for besides the entry: only what is plain, and not what every card begins with. */
const PLAIN = 0.5;
const onEveryCard: ReadonlySet<string> = new Set(['symptom', 'cause', 'step', 'answer', 'check']);
/** An answer that rests on the thread, not on its words. */
const FOLLOWED = 0.9;
const MOST_OFFERED = 4;
const MOST_BESIDES = 2;

export function createTakeTurn(parts: TurnParts): TakeTurn {
  const byId = new Map(parts.intents.map((intent) => [intent.id, intent]));

  const answer = (state: ThreadState, entry: string, rest: Partial<Reply>): Turn => {
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
  };

  const passageOf = (text: string, entry: string, only?: string): AskedPassage | undefined => {
    const intent = byId.get(entry);
    return intent === undefined ? undefined : parts.passages.recognise(text, intent, only);
  };

  /** The entry as a whole once a thread, unless a passage of it is plainly asked for. */
  const present = (state: ThreadState, text: string, entry: string): AskedPassage | undefined => {
    if (state.shown.includes(entry)) return passageOf(text, entry);
    const { kind, share } = parts.passages.wording(text);
    if (share < PLAIN || onEveryCard.has(kind)) return undefined;
    const asked = passageOf(text, entry);
    return asked?.passage === undefined || onEveryCard.has(asked.kinds[0]) ? undefined : asked;
  };

  const byItself = (state: ThreadState, text: string, own: Match): Turn => {
    const named = namedBy(own);
    if (own.kind === 'sure') {
      return answer({ ...state, others: named }, own.best.id, {
        asked: present(state, text, own.best.id),
        score: own.best.score,
      });
    }
    const kind = own.kind === 'torn' ? 'choice' : 'unknown';
    return {
      reply: { ...silent, kind, candidates: named, others: named },
      state: { ...state, others: named, unplaced: text, stillBroken: 0 },
    };
  };

  const inThread = (state: ThreadState, entry: string, text: string): Turn => {
    const own = parts.matcher.match(text);
    const share = parts.stayShare(text, entry, own);
    if (share >= STAYS) return answer(state, entry, { asked: passageOf(text, entry) });
    if (share < LEAVES && own.kind === 'sure') return byItself(state, text, own);
    const named = [...namedBy(own).filter(({ id }) => id !== entry)].slice(0, MOST_OFFERED - 1);
    const candidates = [...named, { id: entry, score: 0 }];
    return {
      reply: { ...silent, kind: 'choice', candidates, others: candidates },
      state: { ...state, others: named, stillBroken: 0 },
    };
  };

  const stillBroken = (state: ThreadState, entry: string, text: string): Turn => {
    const times = state.stillBroken + 1;
    return answer(state, entry, {
      asked: passageOf(text, entry, 'check'),
      stillBroken: times,
    });
  };

  const one = (state: ThreadState, text: string): Turn => {
    if (state.entry !== undefined) return inThread(state, state.entry, text);
    const own = parts.matcher.match(text);
    if (own.kind !== 'sure' && state.unplaced !== undefined) {
      const together = parts.matcher.match(`${state.unplaced}\n${text}`);
      if (together.kind !== 'unplaced') return byItself(state, text, together);
    }
    return byItself(state, text, own);
  };

  /** The second question's entry beside the first's; undefined where the message is better read as one. */
  const two = (state: ThreadState, first: string, second: string): Turn | undefined => {
    const before = one(state, first);
    if (before.reply.kind !== 'answer') return undefined;
    const { reply } = one(before.state, second);
    const named = besides(before.reply, reply, parts.matcher.match(second));
    if (reply.kind === 'answer' && reply.intent === before.reply.intent) {
      if (state.entry === undefined) return undefined;
      return { ...before, reply: { ...before.reply, askedToo: reply.asked, candidates: named } };
    }
    if (named.length === 0 || (state.entry === undefined && reply.kind !== 'answer')) return undefined;
    return { ...before, reply: { ...before.reply, candidates: named } };
  };

  return (state, text) => {
    const talk = parts.talk.read(text);
    if (talk !== undefined) return { reply: { ...silent, kind: 'talk', talk }, state };
    if (state.entry !== undefined && parts.talk.isStillBroken(text)) {
      const own = parts.matcher.match(text);
      if (own.kind !== 'sure' || parts.stayShare(text, state.entry, own) >= LEAVES)
        return stillBroken(state, state.entry, text);
    }
    const [first, second] = splitQuestions(text);
    return (second === undefined ? undefined : two(state, first, second)) ?? one(state, text);
  };
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
  talk: undefined,
  stillBroken: 0,
};
