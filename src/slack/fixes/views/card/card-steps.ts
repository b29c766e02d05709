import type { Proposal } from '../../../../proposals/proposal.js';
import type { Step } from '../../../../proposals/step.js';
import { fixTexts } from '../../../../texts/fixes.js';
import { context, sections } from '../../../kit/blocks.js';
import type { KnownBlock } from '../../../kit/message.js';
import { literalUpTo } from '../../../kit/writing/mrkdwn.js';
import { cardRoom } from './card-room.js';

const marks: Readonly<Record<Step['state'], string>> = {
  pending: ':white_circle:',
  started: ':hourglass_flowing_sand:',
  done: ':white_check_mark:',
  failed: ':x:',
  unknown: ':warning:',
};

/** The steps under way: a window round the present one, and counts for the rest. What all went well is one line. */
export function cardSteps({ steps }: Proposal): KnownBlock[] {
  if (steps.every(({ state }) => state === 'pending')) return [];
  const done = steps.filter(({ state }) => state === 'done').length;
  if (done === steps.length) return [context(fixTexts.stepsDone(done))];
  const current = steps.findIndex(({ state }) => state !== 'done');
  const start = Math.max(0, Math.min(current - cardRoom.steps / 2, steps.length - cardRoom.steps));
  const shown = steps.slice(start, start + cardRoom.steps);
  const left = steps.length - shown.length;
  const lines = shown.map(lineOf);
  return sections(
    [
      `${fixTexts.stepsOf(done, steps.length)}${left > 0 ? fixTexts.stepsShown(shown.length) : ''}`,
      ...lines,
    ].join('\n'),
  );
}

/** A step that is done needs no more words. */
function lineOf({ state, title, detail }: Step): string {
  const more =
    detail === undefined || state === 'done' ? '' : ` · ${literalUpTo(detail, cardRoom.stepDetail)}`;
  return `${marks[state]} ${literalUpTo(title, cardRoom.stepTitle)}${more}`;
}
