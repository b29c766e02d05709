import type { Question } from '../../src/intents/evaluation/read-questions.js';
import { rankScores } from '../../src/intents/match/rank-entries.js';
import { PENALTY, scoreSamples } from './fit-weights.js';
import type { openFit } from './open-fit.js';
import { ourSamples } from './samples.js';
import { type RankingExample, trainRanking } from './train-ranking.js';

/** Signals that say the same thing in two ways are taken out together. */
const FAMILIES: Readonly<Record<string, readonly string[]>> = {
  'all signals': [],
  'without phrasings': ['phrasing-best', 'phrasing-top'],
  'without contained phrasings': ['contained'],
  'without letters': ['letters'],
  'without concepts': ['concepts'],
  'without odds': ['odds', 'odds-best'],
  'without coverage': ['coverage'],
  'without contrasts': ['contrast'],
  'without error texts': ['error-text', 'error-words'],
  'without keywords': ['keywords'],
  'without entry texts': ['entry-text'],
  'without names (Fuse)': ['names'],
};

export interface AblationRow {
  readonly name: string;
  /** Right entry first, as shares: phrasings left out in turn; with slips and chatter, and error texts in logs; each question file. */
  readonly phrasings: number;
  readonly variants: number;
  /** As `phrasings`, with these signals and no others. */
  readonly alone: number | undefined;
  readonly files: Readonly<Record<string, number>>;
}

type Opened = Awaited<ReturnType<typeof openFit>>;

/** Fits the ranking again without each family of signals. */
export function ablate(
  input: Opened,
  files: Readonly<Record<string, readonly Question[]>>,
): readonly AblationRow[] {
  const samples = ourSamples(input);
  const examples = scoreSamples(samples, input.signals);
  const asked = Object.entries(files).map(
    ([name, questions]) => [name, scoreQuestions(input, questions)] as const,
  );
  return Object.entries(FAMILIES).map(([name, removed]) => {
    const weights = fitTo(examples, (signal) => !removed.includes(signal));
    const onlyThese =
      removed.length === 0 ? undefined : fitTo(examples, (signal) => removed.includes(signal));
    const ours = examples.map(({ bySignal, right }, at) => ({
      bySignal,
      right: [right],
      original: samples[at]?.original,
    }));
    const originals = ours.filter(({ original }) => original);
    const written = ours.filter(({ original }) => !original);
    return {
      name,
      phrasings: share(originals, isRightWith(weights)),
      variants: share(written, isRightWith(weights)),
      alone: onlyThese && share(originals, isRightWith(onlyThese)),
      files: Object.fromEntries(
        asked.map(([file, questions]) => [file, share(questions, isRightWith(weights))]),
      ),
    };
  });
}

type Weights = Readonly<Record<string, number>>;

function fitTo(examples: readonly RankingExample[], keep: (signal: string) => boolean): Weights {
  const kept = examples.map(({ bySignal, right }) => ({
    bySignal: new Map([...bySignal].filter(([name]) => keep(name))),
    right,
  }));
  return trainRanking(kept, PENALTY);
}

function isRightWith(weights: Weights): (asked: Asked) => boolean {
  return ({ bySignal, right }) => right.includes(rankScores(bySignal, weights).order[0] ?? -1);
}

interface Asked {
  readonly bySignal: ReadonlyMap<string, Float64Array>;
  readonly right: readonly number[];
}

function scoreQuestions(
  { signals, analyze, intents }: Opened,
  questions: readonly Question[],
): readonly Asked[] {
  const ids = intents.map(({ id }) => id);
  return questions
    .filter((question) => question.intents.length > 0)
    .map((question) => {
      const query = { analysis: analyze(question.text) };
      return {
        bySignal: new Map(signals.map((signal) => [signal.name, signal.score(query)])),
        right: question.intents.map((id) => ids.indexOf(id)),
      };
    });
}

function share<T>(all: readonly T[], test: (one: T) => boolean): number {
  return Math.round((1000 * all.filter(test).length) / Math.max(1, all.length)) / 1000;
}
