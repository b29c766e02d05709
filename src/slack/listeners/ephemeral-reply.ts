import { onWire, type SlackMessage } from '../kit/message.js';
import type { SlackServices } from '../slack-services.js';

interface EphemeralPlace {
  readonly channel: string;
  readonly user: string;
  readonly threadTs?: string | undefined;
}

/**
 * Says something to one person, in the thread they are in, or else in the `otherwise` way. Delivery is best effort:
 * Slack guarantees none.
 */
export function ephemeralReply(
  { client, logger }: Pick<SlackServices, 'client' | 'logger'>,
  { channel, user, threadTs }: EphemeralPlace,
  otherwise?: (message: SlackMessage) => Promise<unknown>,
) {
  return async (...messages: readonly SlackMessage[]): Promise<void> => {
    for (const message of messages) {
      await client.chat
        .postEphemeral({
          ...{ channel, user, ...onWire(message) },
          ...(threadTs !== undefined && { thread_ts: threadTs }),
        })
        .catch(async (error: unknown) => {
          logger.warn({ err: error, channel }, 'ephemeral not delivered');
          await otherwise?.(message);
        });
    }
  };
}
