import { checkTexts } from '../../../../texts/checks.js';
import { context } from '../../../kit/blocks.js';
import { folds } from '../../../kit/fold.js';
import type { KnownBlock } from '../../../kit/message.js';
import { type ShownCause, shownCause } from './cause-blocks.js';
import type { ResultView, RunCause } from '../result-view.js';
import { SYMPTOMS } from './symptom-lines.js';

interface Fitted {
  /** With folds. */
  readonly blocks: readonly KnownBlock[];
  /** Without them. */
  readonly plain: readonly KnownBlock[];
  /** Causes that do not stand in the plain form. */
  readonly left: number;
}

interface Room {
  /** Of a phone, before anything is opened. */
  readonly lines: number;
  /** Named in each fold; the list on request has all of them. */
  readonly symptoms?: number;
}

/** Beside what is left out of a fold of ten, one line says so. */
const IN_FOLD = 9;

/** As many causes as the lines hold, the first always; the rest is one fold, or behind a button. */
export function fitCauses(
  view: ResultView,
  causes: readonly RunCause[],
  { lines, symptoms = SYMPTOMS }: Room,
): Fitted {
  const shown = causes.map((cause, index) => shownCause(view, cause, { rank: index + 1, symptoms }));
  const open = fitting(shown, lines, ({ lines: taken }) => taken);
  const plain = fitting(shown, lines, ({ plainLines }) => plainLines);
  return {
    blocks: [
      ...shown.slice(0, open).flatMap(({ line, fold }) => [line, ...fold]),
      ...restFold(shown.slice(open)),
    ],
    plain: shown.slice(0, plain).map(({ line }) => line),
    left: shown.length - plain,
  };
}

/** How many fit; where not all do, one line is kept for the fold of the rest. */
function fitting(shown: readonly ShownCause[], lines: number, linesOf: (one: ShownCause) => number): number {
  const sums = shown.map((_, index) => shown.slice(0, index + 1).reduce((sum, one) => sum + linesOf(one), 0));
  if ((sums.at(-1) ?? 0) <= lines) return shown.length;
  return Math.max(1, sums.filter((sum) => sum <= lines - 1).length);
}

function restFold(rest: readonly ShownCause[]): readonly KnownBlock[] {
  if (rest.length === 0) return [];
  const left = rest.length - IN_FOLD;
  const lines = rest.slice(0, IN_FOLD).map(({ line }) => line);
  const more = left > 0 ? [context(checkTexts.cause.restInThread(left))] : [];
  return folds(checkTexts.cause.more(rest.length), [...lines, ...more]);
}
