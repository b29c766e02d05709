import type { Intent } from '../../intent.js';
import type { UnweightedData } from '../data/load-match-data.js';
import { conceptsOf, type Vocabulary } from '../data/vocabulary.js';
import { type Analyze, createAnalyzer } from './analyze.js';
import { createStemmer, type Stem } from './create-stemmer.js';
import { functionWords } from './function-words.js';
import { createSift, type Sift } from './generic-texts.js';
import { Lexicon } from './lexicon.js';
import { createFindMangled } from './mangled-names.js';
import { PhraseTable } from './phrase-table.js';
import { sharedErrors, withShared } from './shared-errors.js';
import { rememberSplits, type Split, type Word } from './split-words.js';
import { createTranslate } from './translate.js';

interface BuiltAnalyzer {
  readonly analyze: Analyze;
  readonly stem: Stem;
  readonly lexicon: Lexicon;
  readonly sift: Sift;
  readonly alike: ReadonlySet<string>;
}

/** Weights in the lexicon: a slip is rather meant as a word of the field than as any other. */
const FIELD = 1000;
const FOREIGN = 3;

export function buildAnalyzer(
  intents: readonly Intent[],
  { vocabulary, commonWords }: UnweightedData,
): BuiltAnalyzer {
  const stem = createStemmer();
  const split = rememberSplits(namesOfOthers(vocabulary));
  const stemsOf = (text: string) => split(text).map((word) => stem(word.text));
  const concepts = new PhraseTable();
  for (const [name, aliases] of conceptsOf(vocabulary)) {
    for (const alias of aliases) concepts.add(stemsOf(alias), name);
  }
  const foreign = new PhraseTable();
  for (const text of Object.values(vocabulary.foreign).flat()) foreign.add(stemsOf(text), text);
  const names = new PhraseTable();
  for (const [name, aliases] of Object.entries({ ...vocabulary.named.ours, ...vocabulary.named.others })) {
    for (const alias of [name.replaceAll('-', ' '), ...aliases]) names.add(stemsOf(alias), name);
  }
  const lexicon = new Lexicon(commonWords);
  fillLexicon(lexicon, { intents, vocabulary, split });
  const sift = createSift(vocabulary.generic);
  const findMangled = createFindMangled(vocabulary.subjects, lexicon);
  const named = { table: names, others: new Set(Object.keys(vocabulary.named.others)) };
  const translate = createTranslate(vocabulary.chinese);
  const siftAll = createSift(
    withShared(vocabulary.generic, sharedErrors(intents), (text) =>
      concepts.find(stemsOf(text)).flatMap((hit) => hit.names),
    ),
  );
  const parts = { stem, split, concepts, foreign, named, lexicon, sift: siftAll, findMangled, translate };
  const alike = new Set(Object.values(vocabulary.generic).flat());
  return { stem, lexicon, sift, alike, analyze: createAnalyzer(parts) };
}

/** Single words that name what is not ours; cut up, their parts would be words of ours: "loop back". */
function namesOfOthers({ foreign, named }: Vocabulary): ReadonlySet<string> {
  const names = [foreign, named.others].flatMap((words) => Object.values(words).flat());
  return new Set([...names, ...Object.keys(named.others)].filter((name) => /^[a-z]+$/.test(name)));
}

interface LexiconSources {
  readonly intents: readonly Intent[];
  readonly vocabulary: Vocabulary;
  readonly split: Split;
}

function fillLexicon(lexicon: Lexicon, { intents, vocabulary, split }: LexiconSources): void {
  const addWords = (texts: readonly string[], weight: number): void => {
    for (const text of texts) for (const word of split(text)) lexicon.add(word.text, weight);
  };
  for (const word of functionWords) lexicon.add(word, 1);
  for (const [, aliases] of conceptsOf(vocabulary)) addWords(aliases, FIELD);
  addWords(Object.values(vocabulary.foreign).flat(), FOREIGN);
  const { ours, others } = vocabulary.named;
  for (const [name, aliases] of Object.entries({ ...ours, ...others })) addWords([name, ...aliases], FOREIGN);
  for (const intent of intents) {
    addWords([intent.title, intent.summary, intent.source, ...intent.keywords, ...intent.errors], 10);
    for (const text of intent.ask) addPhrasing(lexicon, split(text));
  }
}

/** Phrasings may hold slips on purpose: those must not become words that other slips are corrected to. */
function addPhrasing(lexicon: Lexicon, words: readonly Word[]): void {
  for (const { text } of words) if (lexicon.correct(text) === undefined) lexicon.add(text, 1);
}
