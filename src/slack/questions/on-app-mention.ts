import type { App } from '@slack/bolt';
import { mentionedCommand } from '../commands/mentioned-command.js';
import { runCommand } from '../commands/run-command.js';
import { ephemeralReply } from '../listeners/ephemeral-reply.js';
import type { SlackServices } from '../slack-services.js';
import { askQuestion } from './ask-question.js';
import { askerOf, type PersonMessage, readPersonMessage } from './message-events.js';
import { sayFaults } from './say-faults.js';

/** `@acknet …`: a question, or a command where slash commands cannot be typed (threads). */
export function onAppMention(app: App, services: SlackServices): void {
  app.event('app_mention', async ({ event, body, context }) => {
    const message = readPersonMessage(event);
    if (message === undefined || message.user === context.botUserId) return;
    await sayFaults(services, message, () => answerMention(services, message, body.team_id));
  });
}

/** Also reached by the message event that is the mention's twin: whichever comes first. */
export async function answerMention(
  services: SlackServices,
  message: PersonMessage,
  team: string | undefined,
): Promise<void> {
  const who = askerOf(message, team);
  const { channel, ts, thread_ts: threadTs, text } = message;
  const command = mentionedCommand(text, services.clusters.names);
  if (command === undefined) {
    const thread = threadTs === undefined ? {} : { threadTs };
    return askQuestion(services, { channel, ts, ...thread, text, asker: who, surface: 'mention' });
  }
  if (!(await services.seen.first(`command:${channel}:${ts}`))) return;
  const place = { channel, user: who.user, threadTs };
  return runCommand(command, { services, who, channel, threadTs, reply: ephemeralReply(services, place) });
}
