import type { MatchContext } from '../intent.js';
import type { AskedPassage } from '../passages/create-passage-recogniser.js';
import type { TalkKind } from './talk-data.js';

/** What acknet does with one message of a thread. */
export interface Reply {
  /** One entry for certain; asks which of the candidates; small talk or a command; says that it does not know. */
  readonly kind: 'answer' | 'choice' | 'talk' | 'unknown';
  /** The entry it answers with. */
  readonly intent: string | undefined;
  /** What of that entry it puts first; undefined = the entry as a whole. */
  readonly asked: AskedPassage | undefined;
  /** What of that entry a second question in the same message asks for. */
  readonly askedToo: AskedPassage | undefined;
  /** How sure it is of the entry, 0 to 1. */
  readonly score: number;
  /** Entries it names besides: those to choose from, those of a second question, or the nearest. Best first. */
  readonly candidates: readonly NamedEntry[];
  /** Entries that come next if it is none of these. */
  readonly others: readonly NamedEntry[];
  /** Checks that can see what it tells of, where no entry is about it. */
  readonly suggestChecks: readonly string[];
  /** What kind of talk it is. */
  readonly talk: TalkKind | undefined;
  /** How often in a row somebody said that this entry's answer did not help. */
  readonly stillBroken: number;
}

export interface NamedEntry {
  readonly id: string;
  readonly score: number;
}

/** What a thread keeps from one message to the next. */
export interface ThreadState {
  /** The entry under discussion. */
  readonly entry?: string | undefined;
  /** Other entries that came close to it, best first. */
  readonly others: readonly NamedEntry[];
  /** Entries whose whole card stands in the thread. */
  readonly shown: readonly string[];
  /** How often in a row its answer was said not to help. */
  readonly stillBroken: number;
  /** A question that could not be placed, for the words that follow it. */
  readonly unplaced?: string | undefined;
}

export const newThread: ThreadState = { others: [], shown: [], stillBroken: 0 };

export interface Turn {
  readonly reply: Reply;
  readonly state: ThreadState;
}

/** Reads a message in the light of what was said before in its thread, and of what is known of the cluster in question. */
export type TakeTurn = (state: ThreadState, text: string, context?: MatchContext) => Turn;
