import type { NamedEntry, Reply, ThreadState, Turn } from './conversation.js';

/** An answer that rests on the thread, not on its words. */
const FOLLOWED = 0.9;
const MOST_OFFERED = 4;

/** Says nothing yet. */
export const silent: Reply = {
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

/** With an entry: the passage asked for, else the whole. */
export function answer(state: ThreadState, entry: string, rest: Partial<Reply>): Turn {
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

/** Between other entries and the one under discussion. */
export function choose(state: ThreadState, named: readonly NamedEntry[], entry: string): Turn {
  const candidates = [...named.slice(0, MOST_OFFERED - 1), { id: entry, score: 0 }];
  return {
    reply: { ...silent, kind: 'choice', candidates, others: candidates },
    state: { ...state, others: named, stillBroken: 0 },
  };
}
