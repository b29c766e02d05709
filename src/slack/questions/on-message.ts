import type { App } from '@slack/bolt';
import type { QuestionJob } from '../../jobs/payloads.js';
import type { SlackServices } from '../slack-services.js';
import { askQuestion } from './ask-question.js';
import { askerOf, type PersonMessage, readPersonMessage } from './message-events.js';
import { answerMention } from './on-app-mention.js';
import { mentions } from './question-text.js';
import { sayFaults } from './say-faults.js';

/** Everything said where acknet is: DMs, replies in its threads, and, in channels that opt in, any question. */
export function onMessage(app: App, services: SlackServices): void {
  app.event('message', async ({ event, body, context }) => {
    const message = readPersonMessage(event);
    if (message === undefined || message.user === context.botUserId) return;
    // Faults of a mention are said by its twin.
    if (!isDirect(message) && mentions(message.text, context.botUserId ?? ''))
      return answerMention(services, message, body.team_id);
    const surface = await surfaceOf(services, message);
    if (surface === undefined) return;
    const { channel, ts, thread_ts: threadTs, text } = message;
    const asker = askerOf(message, body.team_id);
    const thread = threadTs === undefined ? {} : { threadTs };
    const ask = () => askQuestion(services, { channel, ts, ...thread, text, asker, surface });
    await (surface === 'dm' ? sayFaults(services, message, ask) : ask());
  });
}

/** undefined = none of acknet's business. */
async function surfaceOf(
  { exchanges, config }: SlackServices,
  message: PersonMessage,
): Promise<QuestionJob['surface'] | undefined> {
  if (isDirect(message)) return 'dm';
  if (message.thread_ts !== undefined)
    return (await exchanges.topic(message.channel, message.thread_ts)) === undefined ? undefined : 'thread';
  return config.channels[message.channel]?.answerUnmentioned === true ? 'overheard' : undefined;
}

/** Ids of direct message channels begin with D; not every delivery says its channel's type. */
const isDirect = ({ channel, channel_type: type }: PersonMessage): boolean =>
  type === undefined ? channel.startsWith('D') : type === 'im';
