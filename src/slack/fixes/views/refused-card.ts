import { type Doubt, UnverifiedChange } from '../../../approvals/proof/doubt.js';
import { fixTexts } from '../../../texts/fixes.js';
import { context, section } from '../../kit/blocks.js';
import type { SlackMessage } from '../../kit/message.js';
import { code, literal } from '../../kit/writing/mrkdwn.js';

/** In place of a card whose change does not verify: nothing of what Redis says it is, and no button. */
export function refusedCardView(id: string, doubt: Doubt): SlackMessage {
  const { message, hint } = new UnverifiedChange(id, doubt);
  return {
    text: message,
    blocks: [
      section(`:no_entry: ${fixTexts.refused} ${literal(message)}`),
      context(`${literal(hint ?? '')} ${code(id)}`),
    ],
  };
}
