import type { Person, Proposal } from '../../../proposals/proposal.js';
import { fixTexts } from '../../../texts/fixes.js';
import { section } from '../../kit/blocks.js';
import { escapeMrkdwn, mentionUser } from '../../kit/mrkdwn.js';
import type { Poster } from '../../wire/create-poster.js';

interface Asked {
  readonly who: Person;
  readonly channel: string;
  readonly threadTs?: string | undefined;
}

/** What a card stands below that belongs to no result: a slash command leaves no message of its own. */
export async function announceFix(
  { poster }: { readonly poster: Pick<Poster, 'say'> },
  { who, channel, threadTs }: Asked,
  { cluster, title }: { readonly cluster: string; readonly title: string },
): Promise<NonNullable<Proposal['thread']>> {
  const by = mentionUser(who.user);
  const root = await poster.say(
    { channel, threadTs },
    {
      text: fixTexts.askedAbove(cluster, title),
      blocks: [section(fixTexts.askedAboveBy(by, escapeMrkdwn(cluster), escapeMrkdwn(title)))],
    },
  );
  return { channel: root.channel, threadTs: threadTs ?? root.ts };
}
