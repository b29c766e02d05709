import type { ThreadState } from './conversation.js';

type PickedEntry = Pick<ThreadState, 'stillBroken'> & {
  readonly entry: string;
  readonly others: ThreadState['others'][number][];
  readonly shown: string[];
};

/** A thread in which somebody took one of the entries offered: its card stands there, and it is what is talked about. */
export function pickEntry(state: ThreadState, entry: string): PickedEntry {
  return {
    entry,
    others: state.others.filter(({ id }) => id !== entry),
    shown: [...new Set([...state.shown, entry])],
    stillBroken: 0,
  };
}
