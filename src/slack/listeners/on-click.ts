import type { App } from '@slack/bolt';
import { isAcknetError } from '../../errors.js';
import { onWire, type SlackMessage } from '../kit/message.js';
import { errorView } from '../kit/notices.js';
import type { SlackServices } from '../slack-services.js';
import { ephemeralReply } from './ephemeral-reply.js';
import { type Click, readClick } from './read-click.js';

export interface ClickContext {
  readonly services: SlackServices;
  readonly click: Click;
  /** To the clicker alone; what was clicked stays as it is. */
  reply(...messages: readonly SlackMessage[]): Promise<void>;
}

/** Registers one button: acknowledged at once, every click answered, whatever goes wrong. */
export function onClick(
  { app, services }: { app: App; services: SlackServices },
  action: string | RegExp,
  handle: (context: ClickContext) => Promise<void>,
): void {
  app.action(action, async ({ ack, body, respond }) => {
    await ack();
    const click = readClick(body);
    if (click === undefined) return;
    const reply = replyTo(services, click, (message) =>
      respond({ response_type: 'ephemeral', replace_original: false, ...onWire(message) }),
    );
    try {
      await handle({ services, click, reply });
    } catch (error) {
      if (!isAcknetError(error))
        services.logger.error({ err: error, action: click.actionId }, 'click failed');
      await reply(errorView(error));
    }
  });
}

/** The click's response_url serves where the bot may not post. */
function replyTo(
  services: SlackServices,
  { who, at, threadTs }: Click,
  byResponseUrl: (message: SlackMessage) => Promise<unknown>,
): ClickContext['reply'] {
  return at === undefined
    ? async () => undefined
    : ephemeralReply(services, { channel: at.channel, user: who.user, threadTs }, byResponseUrl);
}
