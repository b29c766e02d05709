import type { Intent, Match, MatchContext, Matcher } from '../intent.js';
import { probabilityOf } from '../match/evidence.js';
import type { AskedPassage, PassageRecogniser } from '../passages/create-passage-recogniser.js';
import type { ThreadState } from './conversation.js';
import type { TalkReader } from './create-talk-reader.js';
import type { ThreadEvidence } from './thread-evidence.js';
import type { ThreadWeights } from './thread-weights.js';

export interface TurnParts {
  readonly intents: readonly Intent[];
  readonly matcher: Matcher;
  readonly passages: PassageRecogniser;
  readonly talk: TalkReader;
  readonly evidence: ThreadEvidence;
  readonly weights: ThreadWeights;
}

/** What reads one message. */
export interface Hearing extends TurnParts {
  readonly byId: ReadonlyMap<string, Intent>;
  /** What is known of the cluster in question. */
  readonly context: MatchContext;
}

/** A message in a thread that has an entry under discussion. */
export interface InThread {
  readonly state: ThreadState;
  readonly entry: string;
  readonly text: string;
}

export function matchOf({ matcher, context }: Hearing, text: string): Match {
  return matcher.match(text, context);
}

/** Whether it goes on about the entry under discussion; undefined = that cannot be told. */
export function goesOn(
  { evidence, weights, context }: Hearing,
  { entry, text, own }: Pick<InThread, 'entry' | 'text'> & { readonly own: Match },
): boolean | undefined {
  const { stays, leaves } = weights.thresholds;
  const share = probabilityOf(evidence(entry, { text, own, context }), weights.stays);
  if (share >= stays) return true;
  return share < leaves ? false : undefined;
}

/** What a message asks of an entry; of `only` some kind where that is decided already. */
export function passageOf(
  { byId, passages }: Hearing,
  { entry, text }: Pick<InThread, 'entry' | 'text'>,
  only?: string,
): AskedPassage | undefined {
  const intent = byId.get(entry);
  return intent === undefined ? undefined : passages.recognise(text, intent, only);
}
