import type { MessageRef } from '../../../proposals/proposal.js';
import { wireTexts } from '../../../texts/wire.js';
import type { SlackMessage } from '../../kit/message.js';
import { slackErrorOf, slackFault } from '../slack-error.js';
import type { EditClient } from '../text-client.js';
import type { SendFolded } from './send-folded.js';

const gone = new Set(['message_not_found', 'cant_update_message', 'edit_window_closed', 'channel_not_found']);

/** false = it is not there any more. */
export async function editMessage(
  { client, sendFolded }: { readonly client: EditClient; readonly sendFolded: SendFolded },
  at: MessageRef,
  message: SlackMessage,
): Promise<boolean> {
  try {
    await sendFolded(message, (wire) => client.chat.update({ ...at, ...wire }));
    return true;
  } catch (error) {
    if (gone.has(slackErrorOf(error) ?? '')) return false;
    throw slackFault(error, wireTexts.attempts.editMessage);
  }
}
