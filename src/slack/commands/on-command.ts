import type { App } from '@slack/bolt';
import { onWire, type SlackMessage } from '../kit/message.js';
import { inPerson } from '../listeners/in-person.js';
import type { SlackServices } from '../slack-services.js';
import { runCommand } from './run-command.js';

/**
 * `/acknet …`. Acknowledged at once; the answer follows by response_url, which works in any channel, but only five
 * times: what comes after goes to the asker in person.
 */
export function onCommand(app: App, services: SlackServices): void {
  app.command('/acknet', async ({ command, ack, respond }) => {
    await ack();
    const who = { user: command.user_id, team: command.team_id };
    const reply = async (...messages: readonly SlackMessage[]) => {
      for (const message of messages)
        await respond({ response_type: 'ephemeral', replace_original: false, ...onWire(message) }).catch(
          (error: unknown) => {
            services.logger.info({ err: error }, 'response_url used up');
            return inPerson(services, who.user)(message);
          },
        );
    };
    await runCommand(command.text, { services, who, channel: command.channel_id, reply });
  });
}
