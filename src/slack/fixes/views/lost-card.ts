import type { Proposal } from '../../../proposals/proposal.js';
import type { Step } from '../../../proposals/step.js';
import { fixTexts } from '../../../texts/fixes.js';
import { context, section } from '../../kit/blocks.js';
import type { SlackMessage } from '../../kit/message.js';
import { code, literal, literalUpTo } from '../../kit/writing/mrkdwn.js';

/** Of the steps, as far as a message holds them. */
const STEPS = 2000;

/** What the last worker at it knows of a change whose record is lost; there is nothing to press. */
export function lostCardView({ id, title, cluster, steps }: Proposal): SlackMessage {
  const done = steps.filter(({ state }) => state === 'done');
  const outcome = fixTexts.lostOutcome(done.length, steps.length);
  const text = fixTexts.lost(title, cluster, outcome);
  const list = [
    ...listed(fixTexts.lostDone, done),
    ...listed(
      fixTexts.lostBegun,
      steps.filter(({ state }) => state === 'started'),
    ),
    ...listed(
      fixTexts.lostPending,
      steps.filter(({ state }) => state === 'pending'),
    ),
  ];
  return {
    text,
    blocks: [
      section(`:warning: *${literalUpTo(text, 900)}*`),
      ...(list.length === 0 ? [] : [section(literalUpTo(list.join('\n'), STEPS))]),
      context(`${literal(fixTexts.lostNext)} ${code(id)}`),
    ],
  };
}

const listed = (heading: string, steps: readonly Step[]): string[] =>
  steps.length === 0 ? [] : [`${heading}: ${steps.map(({ title }) => title).join('; ')}`];
