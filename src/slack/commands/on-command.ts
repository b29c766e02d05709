import type { App } from '@slack/bolt';
import { plainForm } from '../kit/fold.js';
import type { SlackMessage } from '../kit/message.js';
import { onWire } from '../kit/on-wire.js';
import { inPerson } from '../listeners/in-person.js';
import type { Poster } from '../wire/create-poster.js';
import type { MaskedRespond } from '../wire/text-client.js';
import { type CommandPorts, runCommand } from './run-command.js';

interface OnCommandPorts extends CommandPorts {
  readonly poster: Pick<Poster, 'say'>;
}

/**
 * `/acknet …`. Acknowledged at once; the answer follows by response_url, which works in any channel, but only five
 * times: what comes after goes to the asker in person.
 */
export function onCommand(app: App, ports: OnCommandPorts): void {
  app.command('/acknet', async ({ command, ack, respond }) => {
    await ack();
    const answer: MaskedRespond = respond;
    const who = { user: command.user_id, team: command.team_id };
    const reply = async (...messages: readonly SlackMessage[]) => {
      for (const message of messages)
        await answer({
          response_type: 'ephemeral',
          replace_original: false,
          ...onWire(plainForm(message)),
        }).catch((error: unknown) => {
          ports.logger.info({ err: error }, 'response_url used up');
          return inPerson(ports, who.user)(message);
        });
    };
    await runCommand(ports, command.text, {
      who,
      channel: command.channel_id,
      triggerId: command.trigger_id,
      reply,
    });
  });
}
