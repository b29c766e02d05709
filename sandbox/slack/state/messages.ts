import { defined } from '../json.js';
import type { ChannelRecord, MessageContent, StoredMessage, Wire, World } from './world.js';

/** From the newest on, which most of what is asked for is. */
export const messageAt = (channel: ChannelRecord, ts: string): StoredMessage | undefined =>
  channel.messages.findLast((message) => message.ts === ts);

export const repliesTo = (channel: ChannelRecord, ts: string): StoredMessage[] =>
  channel.messages.filter((message) => message.thread_ts === ts && message.ts !== ts);

/** Adds a message and tells the app of it, if the app is in the channel. */
export function postMessage(world: World, channel: ChannelRecord, draft: MessageContent): StoredMessage {
  const root = draft.thread_ts === undefined ? undefined : messageAt(channel, draft.thread_ts);
  const message = {
    type: 'message',
    ...defined(draft),
    ts: world.nextTs(),
    parent_user_id: root?.user,
  } as StoredMessage;
  if (root === undefined) delete message.parent_user_id;
  if (message.blocks) message.blocks = message.blocks.map((block) => named(world, block));
  if (root) {
    root.thread_ts = root.ts;
    channel.statuses.delete(root.ts);
  }
  channel.messages.push(message);
  tell(world, channel, eventsOf(world, channel, message));
  world.changed();
  return message;
}

/** Slack gives every block without an id one of its own. */
const named = (world: World, block: Wire): Wire =>
  block.block_id === undefined ? { ...block, block_id: world.nextId().slice(0, 5) } : block;

interface Edit {
  readonly text?: string | undefined;
  readonly blocks?: Wire[] | undefined;
  readonly attachments?: Wire[] | undefined;
  readonly files?: Wire[] | undefined;
  readonly metadata?: unknown;
}

/** Replaces text, blocks and attachments together: what an edit leaves out is gone. */
export function editMessage(
  world: World,
  channel: ChannelRecord,
  { message, by, edit }: { message: StoredMessage; by: string; edit: Edit },
): void {
  const previous = structuredClone(message);
  delete message.blocks;
  delete message.attachments;
  const blocks = edit.blocks?.map((block) => named(world, block));
  Object.assign(message, defined({ ...edit, blocks }), { text: edit.text ?? message.text });
  message.edited = { user: by, ts: world.nextTs() };
  tell(world, channel, [change(world, channel, 'message_changed', { message, previous_message: previous })]);
  world.changed();
}

/** A root with replies leaves a tombstone, as in Slack. */
export function removeMessage(world: World, channel: ChannelRecord, message: StoredMessage): void {
  const previous = structuredClone(message);
  if (repliesTo(channel, message.ts).length > 0) {
    for (const key of ['blocks', 'attachments', 'files', 'bot_id', 'app_id', 'bot_profile', 'metadata'])
      delete message[key];
    Object.assign(message, { subtype: 'tombstone', text: 'This message was deleted.', user: 'USLACKBOT' });
    tell(world, channel, [
      change(world, channel, 'message_changed', { message, previous_message: previous }),
    ]);
  } else {
    channel.messages.splice(channel.messages.indexOf(message), 1);
    const gone = { deleted_ts: message.ts, previous_message: previous };
    tell(world, channel, [change(world, channel, 'message_deleted', gone)]);
  }
  world.changed();
}

function change(world: World, channel: ChannelRecord, subtype: string, fields: Wire): Wire {
  const ts = world.nextTs();
  const place = { channel: channel.id, channel_type: channel.kind, ts, event_ts: ts };
  return { type: 'message', subtype, hidden: true, ...place, ...structuredClone(fields) };
}

/** A mention in a channel makes two events, `app_mention` and `message`; in a DM only the latter. */
function eventsOf(world: World, channel: ChannelRecord, message: StoredMessage): Wire[] {
  // Its fields are copied, not what they hold: it is new, and what is written into later (reactions) it has not yet.
  const copy = { ...message };
  const place = { channel: channel.id, event_ts: message.ts };
  const { botUser } = world.seed.app;
  const mentioned = copy.text.includes(`<@${botUser}>`) && copy.user !== botUser && channel.kind !== 'im';
  const inDm = channel.kind === 'im' && copy.user !== botUser;
  const { files, subtype, ...mention } = copy;
  return [
    ...(mentioned ? [{ ...mention, ...(files ? { files } : {}), type: 'app_mention', ...place }] : []),
    {
      ...copy,
      ...place,
      channel_type: channel.kind,
      ...(inDm ? { assistant_thread: { action_token: world.nextId() } } : {}),
    },
  ];
}

function tell(world: World, channel: ChannelRecord, events: readonly Wire[]): void {
  if (channel.members.has(world.seed.app.botUser)) world.emit(events);
}
