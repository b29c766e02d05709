import { onWire, type SlackMessage } from '../kit/message.js';
import type { SlackServices } from '../slack-services.js';

/** The last way to someone: direct messages, which need no channel, trigger or response_url. */
export const inPerson =
  ({ client }: Pick<SlackServices, 'client'>, user: string) =>
  async (...messages: readonly SlackMessage[]): Promise<void> => {
    for (const message of messages) await client.chat.postMessage({ channel: user, ...onWire(message) });
  };
