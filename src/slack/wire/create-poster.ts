import type { WebClient } from '@slack/web-api';
import type { RedisClient } from '../../ops/connect-redis.js';
import type { MessageRef } from '../../proposals/proposal.js';
import type { Posting, SlackFile, SlackMessage } from '../kit/message.js';
import { deliverMessage } from './posts/deliver-message.js';
import { editMessage } from './posts/edit-message.js';
import { channelOf, findFile, findMessage } from './posts/find-posted.js';
import type { Place, ThreadPlace } from './posts/place.js';
import { createPostMemory, UPLOADED } from './posts/post-memory.js';
import type { SendFolded } from './posts/send-folded.js';
import { uploadFile } from './posts/upload-file.js';
import { whisperMessage } from './posts/whisper-message.js';
import type { TextClient } from './text-client.js';

export type { Place } from './posts/place.js';

/** Posts once per key, however often it is asked to, from whichever process. */
export interface Poster {
  post(key: string, place: Place, message: SlackMessage): Promise<MessageRef>;
  /** Posts what follows a first message, in `threadTs`: each piece once. */
  follow(key: string, place: ThreadPlace, rest: Omit<Posting, 'first'>): Promise<void>;
  /** Replaces a message; false = it is not there any more. */
  update(at: MessageRef, message: SlackMessage): Promise<boolean>;
  /** From now on the message that stands there is that of this key. */
  adopt(key: string, at: MessageRef): Promise<void>;
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
  readonly posts: TextClient;
  /** For reads and edits, which may be repeated. */
  readonly replies: WebClient;
  readonly sendFolded: SendFolded;
  readonly redis: RedisClient;
  readonly prefix: string;
  readonly now: () => Date;
  readonly newId: () => string;
  readonly lookAfterMs?: number;
  /** How long it is known where a message stands. */
  readonly keepSeconds?: number | undefined;
}

const LOOK_AFTER_MS = 500;

export function createPoster({ lookAfterMs = LOOK_AFTER_MS, ...options }: PosterOptions): Poster {
  const { posts, replies, newId } = options;
  const memory = createPostMemory(options);
  const deliver = (key: string, place: Place, message: SlackMessage): Promise<MessageRef> =>
    deliverMessage({ ...options, lookAfterMs }, { key, place, message });

  const post = (key: string, place: Place, message: SlackMessage): Promise<MessageRef> =>
    memory.once(key, async ({ at, begunAt }) => {
      if (at !== undefined) return at;
      const sent = begunAt === undefined ? undefined : await findMessage(replies, { key, place, begunAt });
      return sent ?? (await deliver(key, place, message));
    });

  const uploadOnce = async (key: string, place: ThreadPlace, file: SlackFile): Promise<void> => {
    await memory.once(key, async ({ isUploaded, begunAt }) => {
      const isThere =
        isUploaded ?? (begunAt !== undefined && (await findFile(replies, { file, place, begunAt })));
      if (!isThere) await uploadFile(posts, place, file);
      return UPLOADED;
    });
  };

  return {
    post,
    find: memory.find,
    adopt: memory.remember,
    say: (place, message) => deliver(`said:${newId()}`, place, message),
    hand: async (user, file) => uploadFile(posts, { channel: await channelOf(replies, user) }, file),
    whisper: (place, message) => whisperMessage(posts, place, message),
    update: (at, message) => editMessage({ client: replies, sendFolded: options.sendFolded }, at, message),
    async follow(key, place, { more, files }) {
      for (const [index, message] of more.entries()) await post(`${key}:${index}`, place, message);
      for (const file of files) await uploadOnce(`${key}:file:${file.name}`, place, file);
    },
  };
}
