import { setTimeout as sleep } from 'node:timers/promises';
import type { WebClient } from '@slack/web-api';
import { isAcknetError } from '../../errors.js';
import type { RedisClient } from '../../ops/connect-redis.js';
import { acquireLease, type Lease } from '../../ops/lease.js';
import { onRedis } from '../../ops/on-redis.js';
import type { MessageRef } from '../../proposals/proposal.js';
import { plainForm } from '../kit/fold.js';
import type { Posting, SlackFile, SlackMessage } from '../kit/message.js';
import { onWire, onWireFile } from '../kit/on-wire.js';
import { channelOf, findFile, findMessage } from './posts/find-posted.js';
import type { Place, ThreadPlace } from './posts/place.js';
import type { SendFolded } from './posts/send-folded.js';
import { sendMessage } from './posts/send-message.js';
import { waitOutLimits } from './posts/wait-out-limits.js';
import { slackErrorOf, slackFault } from './slack-error.js';

export type { Place } from './posts/place.js';

/** Posts once per key, however often it is asked to, from whichever process. */
export interface Poster {
  post(key: string, place: Place, message: SlackMessage): Promise<MessageRef>;
  /** Posts what follows a first message, in `threadTs`: each piece once. */
  follow(key: string, place: ThreadPlace, rest: Omit<Posting, 'first'>): Promise<void>;
  /** Replaces a message; false = it is not there any more. */
  update(at: MessageRef, message: SlackMessage): Promise<boolean>;
  /** Where the message of a key stands, if it was posted. */
  find(key: string): Promise<MessageRef | undefined>;
  /** Posts what nobody will ask for a second time. Needs no Redis: it may have to say that Redis is away. */
  say(place: Place, message: SlackMessage): Promise<MessageRef>;
  /** Puts a file into a person's direct messages. */
  hand(user: string, file: SlackFile): Promise<void>;
  /** Shows one person something in a channel. Slack guarantees no delivery, and keeps nothing to look for. */
  whisper(place: Place & { readonly user: string }, message: SlackMessage): Promise<void>;
}

interface PosterOptions {
  /** Sends once and repeats nothing: whether a lost answer means a lost message is decided here alone. */
  readonly posts: WebClient;
  /** For reads and edits, which may be repeated. */
  readonly replies: WebClient;
  readonly sendFolded: SendFolded;
  readonly redis: RedisClient;
  readonly prefix: string;
  readonly now: () => Date;
  readonly newId: () => string;
  /** Between a lost answer and the look whether the message stands there. */
  readonly lookAfterMs?: number;
}

const KEEP_SECONDS = 30 * 24 * 3600;
const BEGUN = 'begun';
const UPLOADED = 'uploaded';
/** Sends whose answer was lost, before whoever asked is told. */
const ATTEMPTS = 3;
const LOOK_AFTER_MS = 500;
/** A process that dies while it posts keeps the others from that message for so long. */
const CLAIM_MS = 5000;
const CLAIM_LOOK_MS = 100;

export function createPoster(options: PosterOptions): Poster {
  const { posts, replies, sendFolded, redis, prefix, now, newId, lookAfterMs = LOOK_AFTER_MS } = options;
  const keyOf = (key: string) => `${prefix}:posted:${key}`;
  const remember = (key: string, value: string) =>
    onRedis('remember a message', () => redis.set(keyOf(key), value, 'EX', KEEP_SECONDS));
  const stored = (key: string) => onRedis('look up a message', () => redis.get(keyOf(key)));

  const find = async (key: string): Promise<MessageRef | undefined> => refOf(await stored(key));

  /** One process at a time per message: two that both saw nothing would both post. */
  const alone = async <T>(key: string, work: () => Promise<T>): Promise<T> => {
    const lease = await claim(key);
    try {
      return await work();
    } finally {
      await lease.release();
    }
  };

  const claim = async (key: string): Promise<Lease> => {
    for (;;) {
      const request = { key: `${prefix}:posting:${key}`, counter: `${prefix}:posting-token` };
      const lease = await acquireLease(redis, { ...request, holder: key, leaseMs: CLAIM_MS });
      if (lease) return lease;
      await sleep(CLAIM_LOOK_MS);
    }
  };

  /** When it was begun before; undefined = never, and it is now. */
  const begin = async (key: string): Promise<number | undefined> => {
    const before = await stored(key);
    if (before === null) await remember(key, `${BEGUN}:${now().getTime()}`);
    return before === null ? undefined : Number(before.split(':')[1] ?? 0) || 0;
  };

  const post = async (key: string, place: Place, message: SlackMessage): Promise<MessageRef> => {
    const known = await find(key);
    if (known) return known;
    return alone(key, async () => {
      const meanwhile = await find(key);
      if (meanwhile) return meanwhile;
      const begunAt = await begin(key);
      const sent = begunAt === undefined ? undefined : await findMessage(replies, { key, place, begunAt });
      const at = sent ?? (await deliver(key, place, message));
      await remember(key, JSON.stringify(at));
      return at;
    });
  };

  /** After a lost answer Slack is asked whether the message is there before it is sent again. */
  const deliver = async (key: string, place: Place, message: SlackMessage): Promise<MessageRef> => {
    const begunAt = now().getTime();
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await sendMessage({ client: posts, sendFolded }, { key, place, message });
      } catch (error) {
        if (!isAcknetError(error) || !error.retry || attempt === ATTEMPTS) throw error;
        await sleep(lookAfterMs * attempt);
        const found = await findMessage(replies, { key, place, begunAt });
        if (found) return found;
      }
    }
  };

  const uploadOnce = (key: string, place: ThreadPlace, file: SlackFile): Promise<void> =>
    alone(key, async () => {
      if ((await stored(key)) === UPLOADED) return;
      const begunAt = await begin(key);
      const isThere = begunAt !== undefined && (await findFile(replies, { file, place, begunAt }));
      if (!isThere) await upload(posts, place, file);
      await remember(key, UPLOADED);
    });

  return {
    post,
    find,
    say: (place, message) => deliver(`said:${newId()}`, place, message),
    hand: async (user, file) => upload(posts, { channel: await channelOf(replies, user) }, file),
    whisper: (place, message) => whisper(posts, place, message),
    update: (at, message) => update({ client: replies, sendFolded }, at, message),
    async follow(key, place, { more, files }) {
      for (const [index, message] of more.entries()) await post(`${key}:${index}`, place, message);
      for (const file of files) await uploadOnce(`${key}:file:${file.name}`, place, file);
    },
  };
}

/** undefined = not posted, or only begun. */
const refOf = (stored: string | null): MessageRef | undefined =>
  stored?.startsWith('{') ? (JSON.parse(stored) as MessageRef) : undefined;

async function whisper(
  client: WebClient,
  { channel, user, threadTs }: Place & { readonly user: string },
  message: SlackMessage,
): Promise<void> {
  const thread = threadTs === undefined ? {} : { thread_ts: threadTs };
  await waitOutLimits(() =>
    client.chat.postEphemeral({ channel, user, ...thread, ...onWire(plainForm(message)) }),
  );
}

const gone = new Set(['message_not_found', 'cant_update_message', 'edit_window_closed', 'channel_not_found']);

async function update(
  { client, sendFolded }: { readonly client: WebClient; readonly sendFolded: SendFolded },
  at: MessageRef,
  message: SlackMessage,
): Promise<boolean> {
  try {
    await sendFolded(message, (wire) => client.chat.update({ ...at, ...wire }));
    return true;
  } catch (error) {
    if (gone.has(slackErrorOf(error) ?? '')) return false;
    throw slackFault(error, 'edit a message');
  }
}

async function upload(client: WebClient, { channel, threadTs }: Place, file: SlackFile): Promise<void> {
  const { name, title, content } = onWireFile(file);
  await waitOutLimits(() =>
    client.filesUploadV2({
      ...(threadTs === undefined ? { channel_id: channel } : { channel_id: channel, thread_ts: threadTs }),
      filename: name,
      title,
      content,
    }),
  ).catch((error: unknown) => {
    throw slackFault(error, 'upload a file');
  });
}
