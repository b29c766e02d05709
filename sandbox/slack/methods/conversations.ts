import { defined, str } from '../json.js';
import { messageAt, repliesTo } from '../state/messages.js';
import { SlackApiError } from '../requests/slack-api-error.js';
import { dmOf } from '../state/workspace-seed.js';
import type { ChannelRecord, StoredMessage, Wire, World } from '../state/world.js';
import { channelOf, joinedChannel, required } from './arguments.js';
import type { Args, Methods } from './method.js';

const pageArgs = ['cursor', 'limit'];
const rangeArgs = ['oldest', 'latest', 'inclusive'];

/** What posts may name by `#name` or by a person is read by its id alone. */
function joinedById(world: World, args: Args): ChannelRecord {
  if (!world.channels.has(required(args, 'channel'))) throw new SlackApiError('channel_not_found');
  return joinedChannel(world, args);
}

export const conversationMethods: Methods = {
  'conversations.replies': {
    tier: 'tier3',
    args: ['channel', 'ts', ...pageArgs, ...rangeArgs],
    run: (world, args) => {
      const channel = joinedById(world, args);
      const asked = messageAt(channel, required(args, 'ts'));
      if (asked === undefined) throw new SlackApiError('thread_not_found');
      const root = messageAt(channel, asked.thread_ts ?? asked.ts) ?? asked;
      const thread = [root, ...repliesTo(channel, root.ts)].filter(within(args));
      return messagePage(
        thread.map((message) => withReplyCount(channel, message)),
        args,
      );
    },
  },
  'conversations.history': {
    tier: 'tier3',
    args: ['channel', ...pageArgs, ...rangeArgs],
    run: (world, args) => {
      const channel = joinedById(world, args);
      const shown = channel.messages
        .filter(
          ({ thread_ts, ts, subtype }) => !thread_ts || thread_ts === ts || subtype === 'thread_broadcast',
        )
        .filter(within(args));
      return messagePage(
        shown.reverse().map((message) => withReplyCount(channel, message)),
        args,
      );
    },
  },
  'conversations.info': {
    tier: 'tier3',
    args: ['channel'],
    run: (world, args) => {
      const channel = channelOf(world, args);
      const hidden = channel.kind !== 'channel' && !channel.members.has(world.seed.app.botUser);
      if (hidden) throw new SlackApiError('channel_not_found');
      return { ok: true, channel: describe(world, channel) };
    },
  },
  'conversations.members': {
    tier: 'tier4',
    args: ['channel', ...pageArgs],
    run: (world, args) => {
      const { page, next } = paged([...channelOf(world, args).members], args);
      return { ok: true, members: page, response_metadata: { next_cursor: next } };
    },
  },
  'conversations.open': {
    tier: 'tier3',
    args: ['channel', 'users'],
    run: (world, args) => {
      const users = str(args.users)?.split(',') ?? [];
      if (users.length > 1) throw new SlackApiError('not_allowed_token_type');
      const id =
        users[0] === undefined ? required(args, 'channel', 'users_list_not_supplied') : dmOf(users[0]);
      const channel = world.channels.get(id);
      if (channel === undefined) throw new SlackApiError('user_not_found');
      return { ok: true, no_op: true, already_open: true, channel: { id: channel.id } };
    },
  },
};

const within =
  (args: Args) =>
  ({ ts }: StoredMessage): boolean => {
    const inclusive = args.inclusive === true || args.inclusive === 'true';
    const after = Number(args.oldest ?? 0);
    const before = Number(args.latest ?? Number.POSITIVE_INFINITY);
    const at = Number(ts);
    return inclusive ? at >= after && at <= before : at > after && at < before;
  };

function messagePage(messages: readonly Wire[], args: Args): Wire {
  const { page, next } = paged(messages, args);
  return {
    ok: true,
    messages: page,
    has_more: next !== '',
    ...(next === '' ? {} : { response_metadata: { next_cursor: next } }),
  };
}

function paged<T>(all: readonly T[], args: Args): { page: T[]; next: string } {
  const limit = Number(args.limit ?? 100);
  if (!Number.isInteger(limit) || limit < 1 || limit > 1000) throw new SlackApiError('invalid_limit');
  const cursor = str(args.cursor) ?? '';
  const start = cursor === '' ? 0 : Number(Buffer.from(cursor, 'base64').toString());
  if (!Number.isInteger(start)) throw new SlackApiError('invalid_cursor');
  const end = start + limit;
  return {
    page: all.slice(start, end),
    next: end < all.length ? Buffer.from(String(end)).toString('base64') : '',
  };
}

function withReplyCount(channel: ChannelRecord, message: StoredMessage): Wire {
  const replies = repliesTo(channel, message.ts);
  const copy = structuredClone(message);
  if (replies.length === 0) return copy;
  const users = [...new Set(replies.map(({ user }) => user).filter((user) => user !== undefined))];
  return {
    ...copy,
    reply_count: replies.length,
    reply_users: users,
    reply_users_count: users.length,
    latest_reply: replies.at(-1)?.ts,
  };
}

function describe(world: World, channel: ChannelRecord): Wire {
  const im = channel.kind === 'im';
  const person = [...channel.members].find((id) => id !== world.seed.app.botUser);
  return defined({
    id: channel.id,
    name: im ? undefined : channel.name,
    user: im ? person : undefined,
    is_channel: channel.kind === 'channel',
    is_group: channel.kind === 'group',
    is_im: im,
    is_private: channel.kind !== 'channel',
    is_archived: false,
    is_member: channel.members.has(world.seed.app.botUser),
    is_ext_shared: false,
    topic: { value: channel.topic, creator: '', last_set: 0 },
  });
}
