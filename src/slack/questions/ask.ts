import type { Command } from '../commands/command-context.js';
import { section } from '../kit/blocks.js';
import { onWire } from '../kit/message.js';
import { literalUpTo, mentionUser } from '../kit/mrkdwn.js';
import { slackFault } from '../wire/slack-error.js';

/** `ask <question>`: the question is said aloud, since a slash command leaves no message to answer in. */
export const ask: Command = async ({ services, command, who, channel, threadTs }) => {
  const question = literalUpTo(command.rest, 2800);
  const at = await services.client.chat
    .postMessage({
      channel,
      ...onWire({
        text: `Question: ${command.rest}`,
        blocks: [section(`${mentionUser(who.user)} asks: ${question}`)],
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
