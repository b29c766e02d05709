import type { Proposal, Step } from '../../approvals/proposal.js';
import { sections } from '../blocks.js';
import type { KnownBlock } from '../message.js';
import { count, literalUpTo } from '../mrkdwn.js';
import { cardRoom } from './card-room.js';

const marks: Readonly<Record<Step['state'], string>> = {
  pending: ':white_circle:',
  started: ':hourglass_flowing_sand:',
  done: ':white_check_mark:',
  failed: ':x:',
  unknown: ':warning:',
};

/** The steps under way: a window round the present one, and counts for the rest. */
export function cardSteps({ steps }: Proposal): KnownBlock[] {
  if (steps.every(({ state }) => state === 'pending')) return [];
  const done = steps.filter(({ state }) => state === 'done').length;
  const current = steps.findIndex(({ state }) => state !== 'done');
  const centre = current === -1 ? steps.length : current;
  const start = Math.max(0, Math.min(centre - cardRoom.steps / 2, steps.length - cardRoom.steps));
  const shown = steps.slice(start, start + cardRoom.steps);
  const left = steps.length - shown.length;
  const lines = shown.map(
    ({ state, title, detail }) =>
      `${marks[state]} ${literalUpTo(title, cardRoom.stepTitle)}${detail === undefined ? '' : ` · ${literalUpTo(detail, cardRoom.stepDetail)}`}`,
  );
  return sections(
    [
      `*${done} of ${count(steps.length, 'step')} done*${left > 0 ? ` (${shown.length} shown)` : ''}`,
      ...lines,
    ].join('\n'),
  );
}
