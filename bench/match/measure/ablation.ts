import { judgeQuestions, summarize } from '../../../src/intents/evaluation/evaluate.js';
import type { Question } from '../../../src/intents/evaluation/read-questions.js';
import { createMatcher } from '../../../src/intents/match/create-matcher.js';
import type { UnweightedData } from '../../../src/intents/match/data/load-match-data.js';
import { fitWeights, type ScoredSample } from '../fit/fit-weights.js';
import type { openFit } from '../fit/open-fit.js';

/** Signals that say the same thing in two ways are taken out together. */
const FAMILIES: Readonly<Record<string, readonly string[]>> = {
  'all signals': [],
  'without phrasings': ['phrasing-top'],
  'without contained phrasings': ['contained'],
  'without letters': ['letters'],
  'without concepts': ['concepts'],
  'without odds': ['odds'],
  'without contrasts': ['contrast'],
  'without error texts': ['error-text'],
  'without error words': ['error-words'],
  'without keywords': ['keywords'],
  'without entry texts': ['entry-text'],
};

/** Shares of each set, as `acknet eval` gives them. */
export interface AblationRow {
  readonly name: string;
  readonly sets: Readonly<Record<string, AblationFigures>>;
}

interface AblationFigures {
  readonly top1: number;
  readonly answered: number;
  readonly wrongSure: number;
  readonly falseSure: number;
  readonly falseTorn: number;
}

type Opened = Awaited<ReturnType<typeof openFit>>;

interface AblationInput {
  readonly opened: Opened;
  readonly data: UnweightedData;
  readonly scored: readonly ScoredSample[];
  readonly sets: Readonly<Record<string, readonly Question[]>>;
}

/** Fits everything again without each family of signals, and measures what is left. */
export function ablate({ opened, data, scored, sets }: AblationInput): readonly AblationRow[] {
  const families = Object.entries(FAMILIES).filter(
    ([, without]) => without.length === 0 || opened.signals.some(({ name }) => without.includes(name)),
  );
  return families.map(([name, without]) => {
    const { weights, foreignWords } = fitWeights(opened, scored, without);
    const matcher = createMatcher(opened.intents, { ...data, weights, foreignWords });
    const figures = Object.entries(sets).map(([set, questions]): [string, AblationFigures] => [
      set,
      summarize(judgeQuestions(matcher, questions, () => 0)),
    ]);
    return { name, sets: Object.fromEntries(figures) };
  });
}
