import type { WebClient } from '@slack/web-api';
import type { MessageRef } from '../../proposals/proposal.js';

/** The address of a message; undefined where Slack tells none. */
export const permalinkFrom =
  (client: Pick<WebClient, 'chat'>) =>
  async ({ channel, ts }: MessageRef): Promise<string | undefined> => {
    const answer = await client.chat.getPermalink({ channel, message_ts: ts }).catch(() => undefined);
    return answer?.permalink;
  };
