import { plainForm } from '../../kit/fold.js';
import type { SlackMessage } from '../../kit/message.js';
import { onWire } from '../../kit/on-wire.js';
import type { TextClient } from '../text-client.js';
import type { Place } from './place.js';
import { waitOutLimits } from './wait-out-limits.js';

/** Shows it to one person alone. */
export async function whisperMessage(
  client: TextClient,
  { channel, user, threadTs }: Place & { readonly user: string },
  message: SlackMessage,
): Promise<void> {
  const thread = threadTs === undefined ? {} : { thread_ts: threadTs };
  await waitOutLimits(() =>
    client.chat.postEphemeral({ channel, user, ...thread, ...onWire(plainForm(message)) }),
  );
}
