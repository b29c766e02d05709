import type { Proposal, Step } from '../../approvals/proposal.js';
import { sections } from '../blocks.js';
import type { KnownBlock } from '../message.js';
import { clip, count, literal } from '../mrkdwn.js';

const marks: Readonly<Record<Step['state'], string>> = {
  pending: ':white_circle:',
  started: ':hourglass_flowing_sand:',
  done: ':white_check_mark:',
  failed: ':x:',
  unknown: ':warning:',
};
const STEPS = 12;

/** The steps under way: a window round the present one, and counts for the rest. */
export function cardSteps({ steps }: Proposal): KnownBlock[] {
  if (steps.every(({ state }) => state === 'pending')) return [];
  const done = steps.filter(({ state }) => state === 'done').length;
  const current = steps.findIndex(({ state }) => state !== 'done');
  const centre = current === -1 ? steps.length : current;
  const start = Math.max(0, Math.min(centre - STEPS / 2, steps.length - STEPS));
  const shown = steps.slice(start, start + STEPS);
  const left = steps.length - shown.length;
  const lines = shown.map(
    ({ state, title, detail }) =>
      `${marks[state]} ${literal(clip(title, 150))}${detail === undefined ? '' : ` · ${literal(clip(detail, 200))}`}`,
  );
  return sections(
    [
      `*${done} of ${count(steps.length, 'step')} done*${left > 0 ? ` (${shown.length} shown)` : ''}`,
      ...lines,
    ].join('\n'),
  );
}
