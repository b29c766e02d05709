import type { App } from '@slack/bolt';
import { isAcknetError } from '../../errors.js';
import { plainForm } from '../kit/fold.js';
import type { SlackMessage } from '../kit/message.js';
import { errorView } from '../kit/notices.js';
import { onWire } from '../kit/on-wire.js';
import type { MaskedRespond } from '../wire/text-client.js';
import { type EphemeralPorts, ephemeralReply } from './ephemeral-reply.js';
import { type Click, readClick } from './read-click.js';

export interface ClickContext {
  readonly click: Click;
  /** To the clicker alone; what was clicked stays as it is. */
  reply(...messages: readonly SlackMessage[]): Promise<void>;
}

/** Registers one button: acknowledged at once, every click answered, whatever goes wrong. */
export function onClick(
  { app, ports }: { readonly app: App; readonly ports: EphemeralPorts },
  action: string | RegExp,
  handle: (context: ClickContext) => Promise<void>,
): void {
  app.action(action, async ({ ack, body, respond }) => {
    await ack();
    const answer: MaskedRespond = respond;
    const click = readClick(body);
    if (click === undefined) return;
    const reply = replyTo(ports, click, (message) =>
      answer({ response_type: 'ephemeral', replace_original: false, ...onWire(plainForm(message)) }),
    );
    try {
      await handle({ click, reply });
    } catch (error) {
      if (!isAcknetError(error)) ports.logger.error({ err: error, action: click.actionId }, 'click failed');
      await reply(errorView(error));
    }
  });
}

/** The click's response_url serves where the bot may not post. */
function replyTo(
  ports: EphemeralPorts,
  { who, at, threadTs }: Click,
  byResponseUrl: (message: SlackMessage) => Promise<unknown>,
): ClickContext['reply'] {
  return at === undefined
    ? async () => undefined
    : ephemeralReply(ports, { channel: at.channel, user: who.user, threadTs }, byResponseUrl);
}
