import type { Knowledge, Query, Signal } from '../../../src/intents/match/knowledge.js';
import type { RuleOut } from '../../../src/intents/match/rule-out.js';
import type { Analysis, Analyze } from '../../../src/intents/match/words/analyze.js';
import { functionWords } from '../../../src/intents/match/words/function-words.js';
import type { Lexicon } from '../../../src/intents/match/words/lexicon.js';
import { createRandom, framedThings, insideLog, withChatter, withSlips } from './vary-text.js';

export interface FitInput {
  readonly knowledge: Knowledge;
  readonly signals: readonly Signal[];
  readonly ruleOut: RuleOut;
  readonly analyze: Analyze;
  readonly lexicon: Lexicon;
  /** Messages on other topics. */
  readonly others: readonly string[];
  /** Errors of components, in the field and near it, that no entry is about. */
  readonly errors: readonly string[];
  /** Things that are not ours, to put into the frames of our questions. */
  readonly things: readonly string[];
}

/** A message in one of the ways it may be written; `right` is undefined for another topic. */
export interface Sample {
  readonly text: string;
  readonly analysis: Analysis;
  readonly original: boolean;
  readonly right: number | undefined;
  readonly leftOut?: number;
  /** Kept from the topic model: its words must not be known. */
  readonly unseen?: boolean;
}

/** Phrasings and error texts as questions, each in several ways of writing; none may find itself. */
export function ourSamples(input: FitInput): readonly Sample[] {
  return [...phrasingSamples(input), ...pasteSamples(input)];
}

/** Messages on other topics, errors of other components as such and inside logs, and things that are not ours in the frames of our questions. */
export function foreignSamples({ others, errors, things, analyze }: FitInput): readonly Sample[] {
  const written = others.flatMap((text, at) => variants(text, at + 5000));
  const pasted = errors.flatMap((text, at) => [
    { text, original: true },
    { text: insideLog(text, createRandom(at + 20_000)), original: false },
  ]);
  const framed = framedThings(things, createRandom(77)).map((text) => ({
    text,
    original: true,
    unseen: true,
  }));
  return [...written, ...pasted, ...framed].map((sample) => ({
    ...sample,
    right: undefined,
    analysis: analyze(sample.text),
  }));
}

export function queryOf({ analysis, leftOut }: Sample): Query {
  return leftOut === undefined ? { analysis } : { analysis, leftOut };
}

function phrasingSamples({ knowledge, analyze, lexicon }: FitInput): readonly Sample[] {
  return knowledge.phrasings.flatMap((phrasing, leftOut) => {
    if (!knowledge.intents[phrasing.entry]?.ask.includes(phrasing.text)) return [];
    return variants(phrasing.text, leftOut).map(({ text, original }) => {
      const analysis = analyze(text);
      const unknown = analysis.words.filter(
        (word) => !functionWords.has(word) && lexicon.weightOf(word) <= 1,
      );
      return {
        text,
        original,
        right: phrasing.entry,
        leftOut,
        analysis: { ...analysis, unknown: [...new Set(unknown)] },
      };
    });
  });
}

/** Error texts that a single entry is recognised by, inside logs. */
function pasteSamples({ knowledge: { intents }, analyze }: FitInput): readonly Sample[] {
  const all = intents.flatMap(({ errors }, entry) => errors.map((error) => ({ error, entry })));
  const alone = all.filter(
    ({ error, entry }) =>
      !all.some((one) => one.entry !== entry && one.error.toLowerCase() === error.toLowerCase()),
  );
  return alone.flatMap(({ error, entry }, at) => {
    const random = createRandom(at + 9000);
    return [0, 1].map(() => {
      const text = insideLog(error, random);
      return { text, original: false, right: entry, analysis: analyze(text) };
    });
  });
}

function variants(text: string, seed: number): readonly { text: string; original: boolean }[] {
  const random = createRandom(seed + 1);
  return [
    { text, original: true },
    { text: withSlips(text, random), original: false },
    { text: withChatter(text, random), original: false },
  ];
}
