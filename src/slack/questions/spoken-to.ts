import type { Config } from '../../config/config.js';
import type { QuestionJob } from '../../jobs/queues/payloads.js';
import type { ExchangeStore } from './exchange-store.js';
import type { PersonMessage } from './message-events.js';

/** How something reached acknet. */
export type Surface = QuestionJob['surface'];

export interface SurfacePorts {
  readonly exchanges: Pick<ExchangeStore, 'topic'>;
  readonly config: Pick<Config, 'channels'>;
}

/** Whether acknet was spoken to, and so owes an answer. */
export const isAddressed = (surface: Surface): boolean => surface === 'mention' || surface === 'dm';

/** undefined = none of acknet's business. */
export async function surfaceOf(
  { exchanges, config }: SurfacePorts,
  message: PersonMessage,
  botUser: string,
): Promise<Surface | undefined> {
  if (isDirect(message)) return 'dm';
  if (mentions(message.text, botUser)) return 'mention';
  if (message.thread_ts !== undefined)
    return (await exchanges.topic(message.channel, message.thread_ts)) === undefined ? undefined : 'thread';
  return config.channels[message.channel]?.answerUnmentioned === true ? 'overheard' : undefined;
}

/** Ids of direct message channels begin with D; not every delivery says its channel's type. */
const isDirect = ({ channel, channel_type: type }: PersonMessage): boolean =>
  type === undefined ? channel.startsWith('D') : type === 'im';

const mentions = (text: string, user: string): boolean =>
  text.includes(`<@${user}>`) || text.includes(`<@${user}|`);
