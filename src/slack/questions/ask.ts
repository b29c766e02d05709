import type { Queues } from '../../jobs/queues/queues.js';
import { questionTexts as texts } from '../../texts/questions.js';
import type { Command } from '../commands/command-context.js';
import { section } from '../kit/blocks.js';
import { literalUpTo, mentionUser } from '../kit/writing/mrkdwn.js';
import type { Poster } from '../wire/create-poster.js';
import { questionText } from './question-text.js';

interface AskCommandPorts {
  readonly poster: Pick<Poster, 'say'>;
  readonly queues: Pick<Queues, 'question'>;
}

/** `ask <question>`: the question is said aloud, since a slash command leaves no message to answer in. */
export const askCommand =
  ({ poster, queues }: AskCommandPorts): Command =>
  async ({ command, who, channel, threadTs }) => {
    const question = literalUpTo(command.rest, 2800);
    const at = await poster.say(
      { channel, threadTs },
      {
        text: texts.asked(command.rest),
        blocks: [section(texts.asks(mentionUser(who.user), question))],
      },
    );
    const text = questionText(command.raw);
    await queues.question({ channel, ts: at.ts, threadTs, text, asker: who, surface: 'mention' });
  };
