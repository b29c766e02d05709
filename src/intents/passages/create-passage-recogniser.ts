import type { Intent, Passage } from '../intent.js';
import type { Stem } from '../match/words/create-stemmer.js';
import { functionWords } from '../match/words/function-words.js';
import { splitWords } from '../match/words/split-words.js';
import type { Translate } from '../match/words/translate.js';
import { createCueScores } from './create-cue-scores.js';
import { createMend } from './create-mend.js';
import { clausesOf, createCueFeatures } from './cue-features.js';
import type { CueWords } from './cue-words.js';
import { passagesOf } from './fit-passages.js';
import type { PassageKinds } from './passage-kinds.js';

/** What a question asks of an entry. */
export interface AskedPassage {
  /** What the passage is about, the kind asked for first; where the entry does not say it, that kind alone. */
  readonly kinds: readonly [string, ...string[]];
  /** Undefined where the entry does not say it. */
  readonly passage: Passage | undefined;
}

type Source = Pick<Intent, 'passages' | 'plugin'>;

export interface PassageRecogniser {
  /** The passage of an entry that a question asks for; of `only` some kind where that is decided already. */
  recognise(question: string, intent: Source, only?: string): AskedPassage;
  /** The kind that the wording alone asks for, and how surely: a share, 0 to 1. */
  wording(question: string): { readonly kind: string; readonly share: number };
  /** How much of what a question says the passage nearest to it holds, 0 to 1. */
  holds(question: string, intent: Source): number;
}

/** How much a passage that holds all words of the question is preferred, in the logarithm of a share. */
const SAME_WORDS = 4;
/** What a passage is about besides counts a little less. */
const BESIDES = 0.3;
/** How much likelier a kind that the entry lacks must be than those it has. */
const LACKING = 1;
/** The share of a kind that nobody asks for by name. */
const UNASKED = -5;
/** A question of one rare word is not answered by each passage that holds it. */
const LEAST_WEIGHT = 8;
/** In so many examples a word only asks. */
const ASKING = 6;
const LONGEST = 400;

interface RecogniserParts {
  readonly intents: readonly Source[];
  readonly kinds: PassageKinds;
  readonly cueWords: CueWords;
  /** English words that are what they say. */
  readonly commonWords: ReadonlySet<string>;
  readonly stem: Stem;
  /** The entries are in English, questions may be in Chinese. */
  readonly translate: Translate;
}

/** Reads which passage a question asks for: by its wording, and by the words it shares with each. */
export function createPassageRecogniser({
  intents,
  kinds,
  cueWords,
  commonWords,
  stem,
  translate,
}: RecogniserParts): PassageRecogniser {
  const asked = [...Object.values(kinds).flatMap(({ ask }) => ask), ...Object.values(cueWords).flat()];
  const mend = createMend(asked, commonWords);
  const cues = createCueScores(kinds, createCueFeatures({ stem, cueWords, mend }));
  const passages = new Map(intents.map((intent) => [intent, passagesOf(intent)]));
  const words = createPassageWords([...passages.values()].flat(), {
    asking: askingWords(kinds, stem),
    stem,
    translate,
  });
  const of = (intent: Source): readonly Passage[] => passages.get(intent) ?? passagesOf(intent);

  /** Of several passages of a kind the one about what is asked; else what always holds, and is about nothing else. */
  const closest = (question: string, among: readonly Passage[]): Passage | undefined => {
    const shared = words.subjectSharedWith(question);
    const rank = (passage: Passage): number =>
      SAME_WORDS * shared(passage) -
      BESIDES * (passage.kinds.length - 1) -
      BESIDES * Math.min(1, passage.conditions.length);
    return among.toSorted((a, b) => rank(b) - rank(a))[0];
  };

  const recognise: PassageRecogniser['recognise'] = (question, intent, only) => {
    const asked = cues(question);
    const shared = words.sharedWith(question);
    const said = of(intent)
      .filter(({ section }) => section !== 'Corrections')
      .flatMap((passage) =>
        passage.kinds.map((kind, at) => ({
          kind,
          passage,
          score: (asked.get(kind) ?? UNASKED) + SAME_WORDS * shared(passage) - BESIDES * Math.min(at, 1),
        })),
      );
    const has = new Set(said.map(({ kind }) => kind));
    const unsaid = [...asked].flatMap(([kind, score]) =>
      has.has(kind) ? [] : [{ kind, passage: undefined, score: score - LACKING }],
    );
    const [best] = [...said, ...unsaid]
      .filter(({ kind }) => only === undefined || kind === only)
      .sort((a, b) => b.score - a.score);
    if (best === undefined) return { kinds: [only ?? ''], passage: undefined };
    if (best.passage === undefined) return { kinds: [best.kind], passage: undefined };
    const passage = closest(
      question,
      said.filter(({ kind }) => kind === best.kind).map((one) => one.passage),
    );
    const others = passage?.kinds.filter((kind) => kind !== best.kind) ?? [];
    return { kinds: [best.kind, ...others], passage };
  };

  return {
    recognise,
    wording: (question) => {
      const [kind = '', share = UNASKED] = [...cues(question)].sort(([, a], [, b]) => b - a)[0] ?? [];
      return { kind, share: Math.exp(share) };
    },
    holds: (question, intent) => Math.max(0, ...of(intent).map(words.sharedWith(question))),
  };
}

interface PassageWords {
  /** How much of what a question says a passage holds, 0 to 1; rare words count more. */
  sharedWith(question: string): (passage: Passage) => number;
  /** The same without the words that only ask. */
  subjectSharedWith(question: string): (passage: Passage) => number;
}

/** Words that say what is asked for, not about what: a passage is not meant because it holds them too. */
function askingWords(kinds: PassageKinds, stem: Stem): ReadonlySet<string> {
  const times = new Map<string, number>();
  for (const { ask } of Object.values(kinds)) {
    for (const word of ask.flatMap((text) => [...new Set(clausesOf(text, stem).flat())]))
      times.set(word, (times.get(word) ?? 0) + 1);
  }
  return new Set([...times].filter(([, count]) => count >= ASKING).map(([word]) => word));
}

interface WordReading {
  readonly asking: ReadonlySet<string>;
  readonly stem: Stem;
  readonly translate: Translate;
}

function createPassageWords(
  passages: readonly Passage[],
  { asking, stem, translate }: WordReading,
): PassageWords {
  const stemsOf = (text: string): ReadonlySet<string> =>
    new Set(
      splitWords(text)
        .map((word) => word.text)
        .filter((word) => !functionWords.has(word))
        .map(stem),
    );
  const held = new Map(passages.map((passage) => [passage, stemsOf(passage.markdown)] as const));
  const times = new Map<string, number>();
  for (const stems of held.values()) for (const one of stems) times.set(one, (times.get(one) ?? 0) + 1);
  const weigh = (one: string): number => Math.log((held.size + 1) / ((times.get(one) ?? 0) + 0.5));

  const shareOf = (question: readonly string[]) => {
    const asked = question.map((one) => ({ one, weight: weigh(one) }));
    const all = asked.reduce((sum, { weight }) => sum + weight, 0);
    return (passage: Passage): number => {
      const common = asked.filter(({ one }) => held.get(passage)?.has(one) === true);
      return common.reduce((sum, { weight }) => sum + weight, 0) / Math.max(LEAST_WEIGHT, all);
    };
  };
  const wordsIn = (question: string): readonly string[] => [
    ...stemsOf(translate(question.slice(0, LONGEST))),
  ];
  return {
    sharedWith: (question) => shareOf(wordsIn(question)),
    subjectSharedWith: (question) => shareOf(wordsIn(question).filter((word) => !asking.has(word))),
  };
}
