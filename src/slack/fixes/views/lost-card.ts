import type { Proposal } from '../../../proposals/proposal.js';
import type { Step } from '../../../proposals/step.js';
import { count } from '../../../texts/count.js';
import { context, section } from '../../kit/blocks.js';
import type { SlackMessage } from '../../kit/message.js';
import { code, literal, literalUpTo } from '../../kit/mrkdwn.js';

/** Of the steps, as far as a message holds them. */
const STEPS = 2000;

/** What the last worker at it knows of a change whose record is lost; there is nothing to press. */
export function lostCardView({ id, title, cluster, steps }: Proposal): SlackMessage {
  const done = steps.filter(({ state }) => state === 'done');
  const outcome = `${done.length} of ${count(steps.length, 'step')} done, then stopped`;
  const text = `Redis lost the record of "${title}" on ${cluster}: ${outcome}.`;
  const list = [
    ...listed('Done', done),
    ...listed(
      'Begun, look there',
      steps.filter(({ state }) => state === 'started'),
    ),
    ...listed(
      'Not done',
      steps.filter(({ state }) => state === 'pending'),
    ),
  ];
  return {
    text,
    blocks: [
      section(`:warning: *${literalUpTo(text, 900)}*`),
      ...(list.length === 0 ? [] : [section(literalUpTo(list.join('\n'), STEPS))]),
      context(
        `${literal('Nothing more is done, and acknet cannot undo it any more. Look at the cluster, then run the check again.')} ${code(id)}`,
      ),
    ],
  };
}

const listed = (heading: string, steps: readonly Step[]): string[] =>
  steps.length === 0 ? [] : [`${heading}: ${steps.map(({ title }) => title).join('; ')}`];
