import { section } from '../blocks.js';
import { onWire } from '../message.js';
import { clip, literal, mentionUser } from '../mrkdwn.js';
import { slackFault } from '../slack-error.js';
import type { Command } from './command-context.js';

/** `ask <question>`: the question is said aloud, since a slash command leaves no message to answer in. */
export const ask: Command = async ({ services, command, who, channel, threadTs }) => {
  const question = clip(command.rest, 2500);
  const at = await services.client.chat
    .postMessage({
      channel,
      ...onWire({
        text: `Question: ${command.rest}`,
        blocks: [section(`${mentionUser(who.user)} asks: ${literal(question)}`)],
      }),
      ...(threadTs !== undefined && { thread_ts: threadTs }),
    })
    .catch((error: unknown) => {
      throw slackFault(error, 'post here');
    });
  await services.queues.question({
    channel,
    ts: at.ts ?? '',
    ...(threadTs !== undefined && { threadTs }),
    text: command.rest,
    asker: who,
    surface: 'mention',
  });
};
