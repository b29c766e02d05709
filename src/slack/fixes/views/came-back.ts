import type { Care, Proposal } from '../../../proposals/proposal.js';
import { fixTexts } from '../../../texts/fixes.js';
import { actions, blocksOf, section } from '../../kit/blocks.js';
import type { SlackMessage } from '../../kit/message.js';
import { clip, literalUpTo, mentionUser } from '../../kit/writing/mrkdwn.js';
import { checkButton } from './card/card-buttons.js';
import { titleOf } from './card/card-heading.js';

/** Below the card of a fix that did not hold: an edit notifies nobody, this does. */
export function cameBackView(proposal: Proposal, { hours, detail }: Care): SlackMessage {
  const { cluster, requestedBy, id } = proposal;
  const head = fixTexts.care.didNotHold({ title: titleOf(proposal), cluster, hours });
  const who = requestedBy === undefined ? '' : ` ${mentionUser(requestedBy.user)}`;
  return {
    text: clip(`${head}. ${detail}`, 3000),
    blocks: blocksOf(
      section(`:warning: *${literalUpTo(head, 600)}*${who}`),
      section(literalUpTo(detail, 1500)),
      actions(`care:${id}:${hours}`, [checkButton(proposal)]),
    ),
  };
}
