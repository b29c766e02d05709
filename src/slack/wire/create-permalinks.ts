import type { WebClient } from '@slack/web-api';
import type { MessageRef } from '../../proposals/proposal.js';

/** Of messages that lists and Homes name again and again. */
const KEPT = 2000;

/** The address of a message, which never changes: asked for once. undefined where Slack tells none. */
export function createPermalinks(client: {
  readonly chat: Pick<WebClient['chat'], 'getPermalink'>;
}): (at: MessageRef) => Promise<string | undefined> {
  const known = new Map<string, string>();
  return async ({ channel, ts }) => {
    const key = `${channel} ${ts}`;
    const told = known.get(key);
    if (told !== undefined) return told;
    const answer = await client.chat.getPermalink({ channel, message_ts: ts }).catch(() => undefined);
    if (answer?.permalink === undefined) return undefined;
    known.set(key, answer.permalink);
    const [oldest] = known.keys();
    if (known.size > KEPT && oldest !== undefined) known.delete(oldest);
    return answer.permalink;
  };
}
