import type { WebClient } from '@slack/web-api';
import type { RedisClient } from '../../ops/connect-redis.js';
import { onRedis } from '../../ops/on-redis.js';
import type { MessageRef } from '../../proposals/proposal.js';
import { onWire, type Posting, type SlackFile, type SlackMessage } from '../kit/message.js';
import { slackErrorOf, slackFault } from './slack-error.js';

export interface Place {
  readonly channel: string;
  readonly threadTs?: string | undefined;
}

type ThreadPlace = Place & { readonly threadTs: string };

/** Posts once per key, however often it is asked to, from whichever process. */
export interface Poster {
  post(key: string, place: Place, message: SlackMessage): Promise<MessageRef>;
  /** Posts what follows a first message, in `threadTs`: each piece once. */
  follow(key: string, place: ThreadPlace, rest: Omit<Posting, 'first'>): Promise<void>;
  /** Replaces a message; false = it is not there any more. */
  update(at: MessageRef, message: SlackMessage): Promise<boolean>;
  /** Where the message of a key stands, if it was posted. */
  find(key: string): Promise<MessageRef | undefined>;
}

export interface PosterOptions {
  readonly client: WebClient;
  readonly redis: RedisClient;
  readonly prefix: string;
}

const KEEP_SECONDS = 30 * 24 * 3600;
const BEGUN = 'begun';
const UPLOADED = 'uploaded';
const EVENT = 'acknet_post';

export function createPoster({ client, redis, prefix }: PosterOptions): Poster {
  const keyOf = (key: string) => `${prefix}:posted:${key}`;
  const remember = (key: string, value: string) =>
    onRedis('remember a message', () => redis.set(keyOf(key), value, 'EX', KEEP_SECONDS));

  /** false = someone began before. */
  const begin = async (key: string): Promise<boolean> =>
    (await onRedis('begin a message', () => redis.set(keyOf(key), BEGUN, 'EX', KEEP_SECONDS, 'NX'))) === 'OK';

  const find = async (key: string): Promise<MessageRef | undefined> => {
    const stored = await onRedis('look up a message', () => redis.get(keyOf(key)));
    return stored === null || stored === BEGUN ? undefined : (JSON.parse(stored) as MessageRef);
  };

  const post = async (key: string, place: Place, message: SlackMessage): Promise<MessageRef> => {
    const begun = !(await begin(key));
    // Begun but not remembered: whoever posted died in between, or is about to. Slack knows which.
    const known = begun ? ((await find(key)) ?? (await lookUp(client, key, place))) : undefined;
    const at = known ?? (await send(client, key, place, message));
    await remember(key, JSON.stringify(at));
    return at;
  };

  /** Remembered only once it is there: a file twice is better than none. */
  const uploadOnce = async (key: string, place: ThreadPlace, file: SlackFile): Promise<void> => {
    if ((await onRedis('look up a file', () => redis.exists(keyOf(key)))) === 1) return;
    await upload(client, place, file);
    await remember(key, UPLOADED);
  };

  return {
    post,
    find,
    update: (at, message) => update(client, at, message),
    async follow(key, place, { more, files }) {
      for (const [index, message] of more.entries()) await post(`${key}:${index}`, place, message);
      for (const file of files) await uploadOnce(`${key}:file:${file.name}`, place, file);
    },
  };
}

/** The key travels with the message, so that it can be found again. It holds no secret: any app there may read it. */
async function send(
  client: WebClient,
  key: string,
  place: Place,
  message: SlackMessage,
): Promise<MessageRef> {
  const { channel, ts } = await client.chat
    .postMessage({
      channel: place.channel,
      ...onWire(message),
      metadata: { event_type: EVENT, event_payload: { key } },
      unfurl_links: false,
      unfurl_media: false,
      ...(place.threadTs !== undefined && { thread_ts: place.threadTs }),
    })
    .catch((error: unknown) => {
      throw slackFault(error, 'post a message');
    });
  return { channel: channel ?? place.channel, ts: ts ?? '' };
}

interface Stored {
  readonly ts?: string;
  readonly metadata?: {
    readonly event_type?: string;
    readonly event_payload?: Readonly<Record<string, unknown>>;
  };
}

async function lookUp(client: WebClient, key: string, place: Place): Promise<MessageRef | undefined> {
  // A person's DM is found by its own id only, which nobody remembered: twice is better than never.
  if (/^[UW]/.test(place.channel)) return undefined;
  const common = { channel: place.channel, limit: 100, include_all_metadata: true };
  const read =
    place.threadTs === undefined
      ? client.conversations.history(common)
      : client.conversations.replies({ ...common, ts: place.threadTs });
  const found = await read.catch((error: unknown) => {
    throw slackFault(error, 'look for a message');
  });
  const message = ((found.messages ?? []) as Stored[]).find(
    ({ metadata }) => metadata?.event_type === EVENT && metadata.event_payload?.key === key,
  );
  return message?.ts === undefined ? undefined : { channel: place.channel, ts: message.ts };
}

const gone = new Set(['message_not_found', 'cant_update_message', 'edit_window_closed', 'channel_not_found']);

async function update(client: WebClient, at: MessageRef, message: SlackMessage): Promise<boolean> {
  try {
    await client.chat.update({ ...at, ...onWire(message) });
    return true;
  } catch (error) {
    if (gone.has(slackErrorOf(error) ?? '')) return false;
    throw slackFault(error, 'edit a message');
  }
}

async function upload(client: WebClient, place: ThreadPlace, file: SlackFile): Promise<void> {
  await client
    .filesUploadV2({
      channel_id: place.channel,
      thread_ts: place.threadTs,
      filename: file.name,
      title: file.title,
      content: file.content,
    })
    .catch((error: unknown) => {
      throw slackFault(error, 'upload a file');
    });
}
