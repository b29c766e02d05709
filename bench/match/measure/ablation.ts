import { judgeQuestions, summarize } from '../../../src/intents/evaluation/evaluate.js';
import type { Question } from '../../../src/intents/evaluation/read-questions.js';
import type { ConversationFigures } from '../../../src/intents/evaluation/summarize-conversations.js';
import type { Matcher } from '../../../src/intents/intent.js';
import { createMatcher } from '../../../src/intents/match/create-matcher.js';
import type { UnweightedData } from '../../../src/intents/match/data/load-match-data.js';
import { fitWeights, type ScoredSample } from '../fit/fit-weights.js';
import type { openFit } from '../fit/open-fit.js';

/** Signals that say the same thing in two ways are taken out together. */
const FAMILIES: Readonly<Record<string, readonly string[]>> = {
  'all signals': [],
  'without letters': ['letters'],
  'without concepts': ['concepts'],
  'without odds': ['odds'],
  'without error texts': ['error-text'],
  'without keywords': ['keywords'],
  'without entry texts': ['entry-text'],
};

/** Shares of each set, as `acknet eval` gives them. */
export interface AblationRow {
  readonly name: string;
  readonly sets: Readonly<Record<string, AblationFigures>>;
  readonly threads: ConversationFigures;
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
  /** What threads reach with a matcher, their weights fitted to it. */
  readonly converse: (matcher: Matcher) => Promise<ConversationFigures>;
}

/** Fits everything again without each family of signals, and measures what is left. */
export async function ablate(input: AblationInput): Promise<readonly AblationRow[]> {
  const { opened, data, scored, sets, converse } = input;
  const families = Object.entries(FAMILIES).filter(
    ([, without]) => without.length === 0 || opened.signals.some(({ name }) => without.includes(name)),
  );
  const rows: AblationRow[] = [];
  for (const [name, without] of families) {
    const { weights, foreignWords } = fitWeights(opened, scored, without);
    const matcher = createMatcher(opened.intents, { ...data, weights, foreignWords });
    const figures = Object.entries(sets).map(([set, questions]): [string, AblationFigures] => [
      set,
      summarize(judgeQuestions(matcher, questions, () => 0)),
    ]);
    rows.push({ name, sets: Object.fromEntries(figures), threads: await converse(matcher) });
  }
  return rows;
}
