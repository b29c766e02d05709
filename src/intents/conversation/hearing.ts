import type { Intent, Match, MatchContext, Matcher } from '../intent.js';
import { probabilityOf } from '../match/evidence.js';
import type { AskedPassage, PassageRecogniser } from '../passages/create-passage-recogniser.js';
import type { NamedEntry, ThreadState } from './conversation.js';
import type { TalkReader } from './create-talk-reader.js';
import { namedBy, type ThreadEvidence } from './thread-evidence.js';
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

/**
 * What a message is matched to. What only the other plugin has, as an error that Terway alone prints, is answered as what
 * it is also where the cluster runs none of it: the entry says so, and what there is instead.
 */
export function matchOf({ matcher, byId, context }: Hearing, text: string): Match {
  const match = matcher.match(text, context);
  const { plugin } = context;
  if (match.kind === 'sure' || plugin === undefined) return match;
  const plain = matcher.match(text);
  if (plain.kind === 'sure') return plain;
  const [best, ...others] = plain.kind === 'torn' ? namedBy(plain) : [];
  const isElsewhere = ({ id }: NamedEntry): boolean => (byId.get(id)?.plugin?.only ?? plugin) !== plugin;
  const isNone = match.kind === 'unplaced' && best !== undefined && [best, ...others].every(isElsewhere);
  return isNone ? { kind: 'sure', best, others: [] } : match;
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
