import type { SectionBlock } from '@slack/types';
import { checkTexts } from '../../../../texts/checks.js';
import { section, sections } from '../../../kit/blocks.js';
import { folds } from '../../../kit/fold.js';
import { linesAt } from '../../../kit/writing/lines-at.js';
import type { KnownBlock } from '../../../kit/message.js';
import { literal } from '../../../kit/writing/mrkdwn.js';
import { causeButton } from './cause-button.js';
import { causeLine, isFresh, type ResultView, type RunCause } from '../result-view.js';
import { symptomLines } from './symptom-lines.js';

/** What is shown of one cause, and how many lines of a phone it takes. */
export interface ShownCause {
  readonly line: SectionBlock;
  /** What shows because of it, folded. */
  readonly fold: readonly KnownBlock[];
  readonly lines: number;
  /** Without the fold. */
  readonly plainLines: number;
}

/** In a fold's own words, besides its arrow. */
const ARROW = '> ';

interface Showing {
  readonly rank: number;
  /** How many symptoms the fold names. */
  readonly symptoms: number;
}

export function shownCause(view: ResultView, cause: RunCause, { rank, symptoms }: Showing): ShownCause {
  const button = causeButton(view, cause);
  const words = causeLine(cause);
  const fresh = isFresh(view, cause) ? ':new: ' : '';
  const line = section(`*${rank}.* ${fresh}${literal(words)}`, button);
  const title = symptomTitle(cause);
  const plainLines = linesAt(`${rank}. ${fresh === '' ? '' : '● '}${words} [${button.text.text}]`);
  if (title === undefined) return { line, fold: [], lines: plainLines, plainLines };
  return {
    line,
    fold: folds(title, sections(symptomLines(cause.symptoms, symptoms).join('\n'))),
    lines: plainLines + linesAt(`${ARROW}${title}`),
    plainLines,
  };
}

/** `3 nodes not Ready, 2 pods waiting` */
function symptomTitle({ symptoms }: RunCause): string | undefined {
  if (symptoms.length === 0) return undefined;
  const kinds: Record<string, number> = {};
  for (const { kind } of symptoms) kinds[kind] = (kinds[kind] ?? 0) + 1;
  return checkTexts.cause.symptomsOf(kinds);
}
