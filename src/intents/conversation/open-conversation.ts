import { newThread, type Reply, type TakeTurn } from './conversation.js';
import { pickEntry } from './pick-entry.js';

/** A thread that is held in one go: on a terminal, or to be measured. */
export interface Conversation {
  turn(text: string): Reply;
  /** Somebody takes one of the candidates that a reply offered. */
  pick(intent: string): void;
}

export type OpenConversation = () => Conversation;

export function openConversation(takeTurn: TakeTurn): Conversation {
  let state = newThread;
  return {
    turn: (text) => {
      const turn = takeTurn(state, text);
      state = turn.state;
      return turn.reply;
    },
    pick: (intent) => {
      state = pickEntry(state, intent);
    },
  };
}
