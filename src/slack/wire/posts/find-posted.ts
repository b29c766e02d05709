import type { WebClient } from '@slack/web-api';
import type { MessageRef } from '../../../proposals/proposal.js';
import { wireTexts } from '../../../texts/wire.js';
import type { SlackFile } from '../../kit/message.js';
import { slackFault } from '../slack-error.js';
import type { Place, ThreadPlace } from './place.js';
import { isMarked } from './send-message.js';

const PAGE = 200;
/** 2,000 messages since the post was begun; a channel as loud as that has other worries. */
const MOST_PAGES = 10;
/** Between acknet's clock and Slack's. */
const SKEW_SECONDS = 600;

/** What is looked at of a stored message. */
interface Stored {
  readonly ts?: string;
  readonly metadata?: Parameters<typeof isMarked>[0]['metadata'];
  readonly files?: readonly { readonly name?: string | null; readonly title?: string | null }[];
}

/** Looks in Slack itself for what was sent, since `begunAt`, with this key. */
export async function findMessage(
  client: WebClient,
  { key, place, begunAt }: { readonly key: string; readonly place: Place; readonly begunAt: number },
): Promise<MessageRef | undefined> {
  const channel = await channelOf(client, place.channel);
  for await (const page of pagesOf(client, { ...place, channel }, begunAt)) {
    const found = page.find((message) => isMarked(message, key));
    if (found?.ts !== undefined) return { channel, ts: found.ts };
  }
  return undefined;
}

/** Whether this file stands in the thread since `begunAt`. */
export async function findFile(
  client: WebClient,
  {
    file,
    place,
    begunAt,
  }: { readonly file: SlackFile; readonly place: ThreadPlace; readonly begunAt: number },
): Promise<boolean> {
  for await (const page of pagesOf(client, place, begunAt)) {
    const files = page.flatMap((message) => message.files ?? []);
    if (files.some(({ name, title }) => name === file.name && title === file.title)) return true;
  }
  return false;
}

/** A person's direct messages have an id of their own, which only Slack knows. */
export async function channelOf(client: WebClient, channel: string): Promise<string> {
  if (!/^[UW]/.test(channel)) return channel;
  const opened = await client.conversations.open({ users: channel }).catch(lookingFailed);
  return opened.channel?.id ?? channel;
}

async function* pagesOf(client: WebClient, place: Place, begunAt: number): AsyncGenerator<readonly Stored[]> {
  const oldest = String(Math.max(0, Math.floor(begunAt / 1000) - SKEW_SECONDS));
  let cursor: string | undefined;
  for (let count = 0; count < MOST_PAGES; count += 1) {
    const common = { channel: place.channel, limit: PAGE, oldest, include_all_metadata: true };
    const asked = { ...common, ...(cursor !== undefined && { cursor }) };
    const page = await (place.threadTs === undefined
      ? client.conversations.history(asked)
      : client.conversations.replies({ ...asked, ts: place.threadTs })
    ).catch(lookingFailed);
    yield (page.messages ?? []) as readonly Stored[];
    cursor = page.response_metadata?.next_cursor || undefined;
    if (cursor === undefined) return;
  }
}

const lookingFailed = (error: unknown): never => {
  throw slackFault(error, wireTexts.attempts.lookForMessage);
};
