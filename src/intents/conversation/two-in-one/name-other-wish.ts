import type { NamedEntry, ThreadState, Turn } from '../conversation.js';
import { cutWishes } from './cut-wishes.js';
import { type Hearing, matchOf } from '../hearing.js';
import { oneQuestion } from '../one-question.js';
import { namedBy } from '../thread-evidence.js';

/** What a part of a message is about. */
interface Wish {
  readonly text: string;
  readonly meant: NamedEntry;
  readonly clear: boolean;
}

type TwoWishes = readonly [Wish, Wish];

/** Beside a part that is clear, the other one is named from here on. */
const LIKELY = 0.5;

/** Answers a message; where it tells of two matters, the other one is named beside the answer. */
export function nameOtherWish(hearing: Hearing, state: ThreadState, text: string): Turn {
  const whole = oneQuestion(hearing, state, text);
  const wishes = twoWishes(hearing, text, whole.reply.intent);
  if (wishes === undefined) return whole;
  const [first] = wishes;
  const turn =
    whole.reply.kind === 'answer' || !first.clear ? whole : oneQuestion(hearing, state, first.text);
  const isAnswered = ({ meant }: Wish): boolean => meant.id === turn.reply.intent;
  if (!wishes.some(isAnswered)) return whole;
  const candidates = wishes.filter((wish) => !isAnswered(wish)).map(({ meant }) => meant);
  return { ...turn, reply: { ...turn.reply, candidates } };
}

/** The cut whose parts are the clearest; undefined where none has two matters. */
function twoWishes(hearing: Hearing, text: string, answered: string | undefined): TwoWishes | undefined {
  const [best] = cutWishes(text)
    .flatMap(([first, second]): TwoWishes[] => {
      const wishes = [first, second].flatMap((part) => wishIn(hearing, part, answered) ?? []);
      const [one, other] = wishes;
      return one === undefined || other === undefined || one.meant.id === other.meant.id
        ? []
        : [[one, other]];
    })
    .filter(([one, other]) => one.clear || other.clear)
    .sort((a, b) => clearnessOf(b) - clearnessOf(a));
  return best;
}

const clearnessOf = (wishes: TwoWishes): number =>
  Math.min(...wishes.map(({ clear, meant }) => (clear ? 1 : 0) + meant.score));

/** Where it could be about several entries, it is about the one that the whole message is answered with. */
function wishIn(hearing: Hearing, text: string, answered: string | undefined): Wish | undefined {
  const match = matchOf(hearing, text);
  if (match.kind === 'sure') return { text, meant: match.best, clear: true };
  const named = namedBy(match);
  const meant = named.find(({ id }) => id === answered) ?? named.find(({ score }) => score >= LIKELY);
  return meant === undefined ? undefined : { text, meant, clear: meant.id === answered };
}
