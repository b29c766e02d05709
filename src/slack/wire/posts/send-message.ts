import type { MessageRef } from '../../../proposals/proposal.js';
import { wireTexts } from '../../../texts/wire.js';
import type { SlackMessage } from '../../kit/message.js';
import { slackFault } from '../slack-error.js';
import type { TextClient } from '../text-client.js';
import type { Place } from './place.js';
import type { SendFolded } from './send-folded.js';
import { waitOutLimits } from './wait-out-limits.js';

const EVENT = 'acknet_post';

/** What a message carries, so that it can be found again. It holds no secret: any app there may read it. */
const metadataOf = (key: string) => ({ event_type: EVENT, event_payload: { key } });

interface Marked {
  readonly metadata?:
    | { readonly event_type?: string; readonly event_payload?: Readonly<Record<string, unknown>> }
    | undefined;
}

export const isMarked = ({ metadata }: Marked, key: string): boolean =>
  metadata?.event_type === EVENT && metadata.event_payload?.key === key;

/** One message, sent once: `client` repeats nothing, since an answer that was lost says nothing about the message. */
export async function sendMessage(
  { client, sendFolded }: { readonly client: TextClient; readonly sendFolded: SendFolded },
  { key, place, message }: { readonly key: string; readonly place: Place; readonly message: SlackMessage },
): Promise<MessageRef> {
  const { channel, ts } = await sendFolded(message, (wire) =>
    waitOutLimits(() =>
      client.chat.postMessage({
        channel: place.channel,
        ...wire,
        metadata: metadataOf(key),
        unfurl_links: false,
        unfurl_media: false,
        ...(place.threadTs !== undefined && { thread_ts: place.threadTs }),
      }),
    ),
  ).catch((error: unknown) => {
    throw slackFault(error, wireTexts.attempts.postMessage);
  });
  return { channel: channel ?? place.channel, ts: ts ?? '' };
}
