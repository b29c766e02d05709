import type { Config } from '../../config/config.js';
import { doctorTexts } from '../../texts/cli/doctor.js';
import { fault, ok, type Symptom, unread } from './symptom.js';

const says = doctorTexts.channels;

/** The part of Slack's WebClient that is asked. */
interface SlackChannels {
  readonly conversations: {
    history(asked: { channel: string; limit: number }): Promise<unknown>;
  };
}

/** Where acknet is to post without being asked there: nobody would see that it cannot. */
export async function examineChannels(
  slack: SlackChannels,
  config: Pick<Config, 'alerts' | 'schedules'>,
): Promise<readonly Symptom[]> {
  return Promise.all(wantedChannels(config).map((channel) => examineChannel(slack, channel)));
}

function wantedChannels({ alerts, schedules }: Pick<Config, 'alerts' | 'schedules'>): readonly string[] {
  const own = alerts === undefined ? [] : [alerts.channel, ...Object.values(alerts.channels)];
  const ruled = (alerts?.rules ?? []).flatMap(({ channel, ignore }) => (ignore ? [] : (channel ?? [])));
  return [...new Set([...own, ...ruled, ...Object.values(schedules).map(({ channel }) => channel)])];
}

/** Only who is in a channel may read it. */
async function examineChannel({ conversations }: SlackChannels, channel: string): Promise<Symptom> {
  try {
    await conversations.history({ channel, limit: 1 });
    return ok(says.isIn(channel));
  } catch (error) {
    const code = slackCode(error);
    if (code === 'not_in_channel' || code === 'channel_not_found')
      return fault(says.isNotIn(channel, code), says.invite);
    return unread(says.failed(channel, code ?? String(error)), says.check);
  }
}

const slackCode = (error: unknown): string | undefined =>
  (error as { readonly data?: { readonly error?: string } }).data?.error;
