import { cardChannel } from '../../../config/card-channel.js';
import type { Config } from '../../../config/config.js';
import type { MessageRef, Person, Proposal } from '../../../proposals/proposal.js';
import { fixTexts } from '../../../texts/fixes.js';
import { section } from '../../kit/blocks.js';
import type { SlackMessage } from '../../kit/message.js';
import { escapeMrkdwn, mentionUser } from '../../kit/writing/mrkdwn.js';
import { noticeView } from '../../kit/notices.js';
import type { Poster } from '../../wire/create-poster.js';

export interface AnnouncePorts {
  readonly poster: Pick<Poster, 'say'>;
  readonly config: Pick<Config, 'channels'>;
  readonly permalink: (at: MessageRef) => Promise<string | undefined>;
}

interface Asked {
  readonly who: Person;
  readonly channel: string;
  readonly threadTs?: string | undefined;
}

interface Wanted {
  readonly cluster: string;
  readonly title: string;
}

/** What a card stands below that belongs to no result: a slash command leaves no message of its own. */
export async function announceFix(
  ports: AnnouncePorts,
  { who, channel, threadTs }: Asked,
  wanted: Wanted,
): Promise<NonNullable<Proposal['thread']>> {
  const message = announcement(who, wanted);
  const open = cardChannel(ports.config.channels, wanted.cluster, channel);
  const root = open && (await ports.poster.say({ channel: open }, message).catch(() => undefined));
  if (root) {
    await ports.poster.say({ channel, threadTs }, movedView(root.channel, await ports.permalink(root)));
    return { channel: root.channel, threadTs: root.ts };
  }
  const here = await ports.poster.say({ channel, threadTs }, message);
  return { channel: here.channel, threadTs: threadTs ?? here.ts };
}

const announcement = ({ user }: Person, { cluster, title }: Wanted): SlackMessage => ({
  text: fixTexts.askedAbove(cluster, title),
  blocks: [section(fixTexts.askedAboveBy(mentionUser(user), escapeMrkdwn(cluster), escapeMrkdwn(title)))],
});

/** Nobody but who asked can open a direct message. */
function movedView(channel: string, link: string | undefined): SlackMessage {
  const name = `<#${channel}>`;
  return noticeView(
    fixTexts.cardElsewhere,
    link === undefined ? name : `${name} · <${link}|${fixTexts.openCard}>`,
  );
}
