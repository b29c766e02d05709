import type { Intent, Match, MatchContext, Matcher } from '../intent.js';
import type { Evidence } from '../match/evidence.js';
import type { Stem } from '../match/words/create-stemmer.js';
import { functionWords } from '../match/words/function-words.js';
import { splitWords } from '../match/words/split-words.js';
import type { PassageRecogniser } from '../passages/create-passage-recogniser.js';
import type { NamedEntry } from './conversation.js';
import type { TalkReader } from './create-talk-reader.js';

/** A message in a thread. */
interface Said {
  readonly text: string;
  /** What it is matched to by itself. */
  readonly own: Match;
  readonly context: MatchContext;
}

/** What speaks for a message going on about the entry under discussion, and for its being about another one, by name. */
export type ThreadEvidence = (entry: string, said: Said) => Evidence;

const RARE = 3.5;
/** The score of an entry that is not named at all. */
const LEAST = 0.02;
/** Other entries whose passages are looked into. */
const RIVALS = 3;

interface EvidenceParts {
  readonly intents: readonly Intent[];
  readonly matcher: Matcher;
  readonly stem: Stem;
  readonly passages: PassageRecogniser;
  readonly talk: TalkReader;
}

export function createThreadEvidence({
  intents,
  matcher,
  stem,
  passages,
  talk,
}: EvidenceParts): ThreadEvidence {
  const wordsOf = (text: string): ReadonlySet<string> =>
    new Set(
      splitWords(text)
        .map((word) => word.text)
        .filter((word) => !functionWords.has(word))
        .map(stem),
    );
  const known = new Map(intents.map((intent) => [intent.id, wordsOf(everythingIn(intent))]));
  const byId = new Map(intents.map((intent) => [intent.id, intent]));
  const holds = (text: string, id: string): number => {
    const intent = byId.get(id);
    return intent === undefined ? 0 : passages.holds(text, intent);
  };
  const times = new Map<string, number>();
  for (const words of known.values()) for (const word of words) times.set(word, (times.get(word) ?? 0) + 1);
  const rarity = (word: string): number =>
    Math.max(0, Math.min(RARE, Math.log((known.size + 1) / ((times.get(word) ?? 0) + 0.5)))) / RARE;

  return (entry, { text, own, context }) => {
    const named = namedBy(own);
    const rivals = named.filter(({ id }) => id !== entry);
    const [other] = rivals;
    const words = [...wordsOf(text)];
    const strange = words.filter(
      (word) =>
        other !== undefined && known.get(other.id)?.has(word) === true && !known.get(entry)?.has(word),
    );
    const inContext = matcher.match(afterTitle(byId.get(entry), text), context);
    return {
      lead: leadOver(entry, named),
      'lead-in-context': leadOver(entry, namedBy(inContext)),
      strange: strange.reduce((sum, word) => sum + rarity(word), 0),
      'held-here': holds(text, entry),
      'held-elsewhere': Math.max(0, ...rivals.slice(0, RIVALS).map(({ id }) => holds(text, id))),
      anew: talk.beginsAnew(text) ? 1 : 0,
      joins: talk.joins(text) ? 1 : 0,
      'refers-back': talk.refersBack(text) ? 1 : 0,
      length: Math.log(1 + words.length),
      wording: passages.wording(text).share,
      question: talk.asks(text) ? 1 : 0,
    };
  };
}

/** A message as if the title of the entry under discussion were said with it. */
export const afterTitle = (entry: Intent | undefined, text: string): string =>
  entry === undefined ? text : `${entry.title}. ${text}`;

/** Log odds of the likeliest other entry against this one. */
function leadOver(entry: string, named: readonly NamedEntry[]): number {
  const other = named.find(({ id }) => id !== entry)?.score ?? 0;
  const here = named.find(({ id }) => id === entry)?.score ?? 0;
  return Math.log((other + LEAST) / (here + LEAST));
}

function everythingIn({ ask, title, summary, keywords, errors, sections }: Intent): string {
  return [...ask, title, summary, ...keywords, ...errors, ...Object.values(sections)].join('\n');
}

/** The entries that a match names, best first. */
export function namedBy(match: Match): readonly NamedEntry[] {
  if (match.kind === 'sure') return [match.best, ...match.others];
  return match.kind === 'torn' ? match.candidates : match.nearest;
}
