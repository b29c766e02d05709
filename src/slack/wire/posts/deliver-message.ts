import { setTimeout as sleep } from 'node:timers/promises';
import type { WebClient } from '@slack/web-api';
import { isAcknetError } from '../../../errors.js';
import type { MessageRef } from '../../../proposals/proposal.js';
import type { SlackMessage } from '../../kit/message.js';
import type { TextClient } from '../text-client.js';
import { findMessage } from './find-posted.js';
import type { Place } from './place.js';
import type { SendFolded } from './send-folded.js';
import { sendMessage } from './send-message.js';

interface Delivery {
  readonly posts: TextClient;
  readonly replies: WebClient;
  readonly sendFolded: SendFolded;
  readonly now: () => Date;
  /** Between a lost answer and the look whether the message stands there. */
  readonly lookAfterMs: number;
}

/** Sends whose answer was lost, before whoever asked is told. */
const ATTEMPTS = 3;

/** After a lost answer Slack is asked whether the message is there before it is sent again. */
export async function deliverMessage(
  { posts, replies, sendFolded, now, lookAfterMs }: Delivery,
  { key, place, message }: { readonly key: string; readonly place: Place; readonly message: SlackMessage },
): Promise<MessageRef> {
  const begunAt = now().getTime();
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await sendMessage({ client: posts, sendFolded }, { key, place, message });
    } catch (error) {
      if (!isAcknetError(error) || !error.retry || attempt === ATTEMPTS) throw error;
      await sleep(lookAfterMs * attempt);
      const found = await findMessage(replies, { key, place, begunAt });
      if (found) return found;
    }
  }
}
