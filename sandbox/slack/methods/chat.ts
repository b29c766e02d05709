import { botMessage } from '../state/bot-message.js';
import { defined, isJson, str } from '../json.js';
import { checkMessage, textLimit } from '../limits/check-message.js';
import { lengthOf } from '../limits/shape.js';
import { editMessage, messageAt, postMessage, removeMessage } from '../state/messages.js';
import { SlackApiError } from '../requests/slack-api-error.js';
import type { ChannelRecord, StoredMessage, Wire, World } from '../state/world.js';
import { channelOf, flag, joinedChannel, required, userOf, wires } from './arguments.js';
import type { Args, Methods } from './method.js';

const contentArgs = ['text', 'blocks', 'attachments', 'markdown_text', 'metadata'];

export const chatMethods: Methods = {
  'chat.postMessage': {
    tier: 'special',
    perChannel: true,
    args: ['channel', 'thread_ts', 'reply_broadcast', ...contentArgs],
    run: (world, args) => {
      const channel = joinedChannel(world, args);
      const draft = botMessage(world, { ...contentOf(args), ...threadOf(channel, args) });
      const message = postMessage(world, channel, draft);
      return { ok: true, channel: channel.id, ts: message.ts, message: { ...message } };
    },
  },
  'chat.update': {
    tier: 'tier3',
    args: ['channel', 'ts', ...contentArgs],
    run: (world, args) => {
      const channel = joinedChannel(world, args);
      const message = ownMessage(world, channel, { args, error: 'cant_update_message' });
      const edit = contentOf(args);
      if ([...edit.text].length > textLimit.update) throw new SlackApiError('msg_too_long');
      editMessage(world, channel, { message, by: world.seed.app.botUser, edit });
      const text = message.text;
      return { ok: true, channel: channel.id, ts: message.ts, text, message: structuredClone(message) };
    },
  },
  'chat.delete': {
    tier: 'tier3',
    args: ['channel', 'ts'],
    run: (world, args) => {
      const channel = joinedChannel(world, args);
      const message = ownMessage(world, channel, { args, error: 'cant_delete_message' });
      removeMessage(world, channel, message);
      return { ok: true, channel: channel.id, ts: message.ts };
    },
  },
  'chat.postEphemeral': {
    tier: 'tier4',
    args: ['channel', 'user', 'thread_ts', ...contentArgs],
    run: (world, args) => {
      const channel = joinedChannel(world, args);
      const receiver = userOf(world, args).id;
      if (!channel.members.has(receiver)) throw new SlackApiError('user_not_in_channel');
      const message = addEphemeral(world, {
        channel: channel.id,
        receiver,
        content: { ...contentOf(args), ...threadOf(channel, args) },
      });
      return { ok: true, message_ts: message.ts };
    },
  },
  'chat.getPermalink': {
    tier: 'special',
    args: ['channel', 'message_ts'],
    run: (world, args) => {
      const channel = channelOf(world, args);
      const ts = required(args, 'message_ts', 'message_not_found');
      const message = messageAt(channel, ts);
      if (message === undefined) throw new SlackApiError('message_not_found');
      const base = `https://${world.seed.team.domain}.slack.com/archives/${channel.id}/p${ts.replace('.', '')}`;
      const thread = message.thread_ts;
      const query = thread && thread !== ts ? `?thread_ts=${thread}&cid=${channel.id}` : '';
      return { ok: true, channel: channel.id, permalink: base + query };
    },
  },
};

/** Ephemerals stand beside the history: no event tells of them, and no method finds them again. */
export function addEphemeral(
  world: World,
  { channel, receiver, content }: { channel: string; receiver: string; content: { text: string } & Wire },
): StoredMessage {
  const message = {
    ...defined(botMessage(world, content)),
    type: 'message',
    ts: world.nextTs(),
    is_ephemeral: true,
  } as unknown as StoredMessage;
  world.ephemerals.push({ channel, receiver, message });
  world.changed();
  return message;
}

/** Checked against Slack's limits; over-long text is cut as Slack cuts it. */
export function contentOf(args: Args): { text: string } & Wire {
  checkMessage(args);
  const markdown = str(args.markdown_text);
  const text = clipped(str(args.text) ?? markdown ?? '');
  return {
    text,
    blocks: markdown === undefined ? wires(args.blocks) : [{ type: 'markdown', text: markdown }],
    attachments: wires(args.attachments),
    ...(isJson(args.metadata) ? { metadata: args.metadata } : {}),
  };
}

const clipped = (text: string): string =>
  lengthOf(text) > textLimit.post ? [...text].slice(0, textLimit.post).join('') : text;

function threadOf(channel: ChannelRecord, args: Args): Wire {
  const ts = str(args.thread_ts);
  if (ts === undefined || ts === '') return {};
  const root = messageAt(channel, ts);
  if (root?.thread_ts !== undefined && root.thread_ts !== ts)
    throw new SlackApiError('cannot_reply_to_message');
  // An unknown thread is accepted by Slack; the reply then stands alone.
  if (!/^\d+\.\d{6}$/.test(ts)) throw new SlackApiError('invalid_thread_ts');
  return { thread_ts: ts, ...(flag(args.reply_broadcast) ? { subtype: 'thread_broadcast' } : {}) };
}

function ownMessage(
  world: World,
  channel: ChannelRecord,
  { args, error }: { args: Args; error: string },
): StoredMessage {
  const message = messageAt(channel, required(args, 'ts', 'message_not_found'));
  if (message === undefined || message.subtype === 'tombstone') throw new SlackApiError('message_not_found');
  if (message.bot_id !== world.seed.app.bot) throw new SlackApiError(error);
  return message;
}
