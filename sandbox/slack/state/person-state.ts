import type { Message, SandboxState, View } from '../../page/sandbox-state.js';
import { str } from '../json.js';
import type { ChannelRecord, StoredMessage, ViewRecord, World } from './world.js';

/** The workspace as one person's client shows it. */
export function personState(world: World, me: string): SandboxState {
  const { team, app } = world.seed;
  const home = world.views.get(world.homes.get(me) ?? '');
  return {
    version: world.version,
    team: { id: team.id, name: team.name },
    me,
    users: [
      ...[...world.users.values()].map(({ id, name, real_name, title }) => ({
        ...{ id, name, real_name },
        ...(title === undefined ? {} : { title }),
      })),
      { id: app.botUser, name: app.name, is_bot: true },
      { id: 'USLACKBOT', name: 'Slackbot', is_bot: true },
    ],
    usergroups: [...world.groups.values()].map(({ id, handle, users }) => ({
      id,
      handle,
      users: [...users],
    })),
    channels: [...world.channels.values()]
      .filter((channel) => channel.members.has(me))
      .map((channel) => channelState(world, channel, me)),
    views: (world.stacks.get(me) ?? []).flatMap((id) => {
      const record = world.views.get(id);
      return record === undefined ? [] : [viewState(record)];
    }),
    commands: [...app.commands],
    ...(home === undefined ? {} : { home: viewState(home) }),
  };
}

function channelState(world: World, channel: ChannelRecord, me: string) {
  return {
    id: channel.id,
    name: channel.name,
    is_im: channel.kind === 'im',
    topic: channel.topic,
    member_count: channel.members.size,
    messages: channelMessages(world, { channel: channel.id, as: me }),
    statuses: [...channel.statuses].map(([thread_ts, status]) => ({ thread_ts, status })),
    suggested_prompts: channel.prompts,
  };
}

/** Without `as`, nobody's ephemerals. */
export function channelMessages(
  world: World,
  { channel, as, threadTs }: { channel: string; as?: string; threadTs?: string },
): Message[] {
  const stored = world.channels.get(channel)?.messages ?? [];
  const own = world.ephemerals
    .filter((entry) => entry.channel === channel && entry.receiver === as)
    .map(({ message }) => message);
  return [...stored, ...own]
    .filter(({ ts, thread_ts }) => threadTs === undefined || ts === threadTs || thread_ts === threadTs)
    .sort((a, b) => (a.ts < b.ts ? -1 : 1))
    .map((message) => messageState(world, message));
}

function messageState(world: World, message: StoredMessage): Message {
  const { files, reactions, edited, ...shown } = structuredClone(message);
  return {
    ...shown,
    // Slack's client marks edits of plain text only.
    ...(edited && !message.blocks ? { edited: edited as { ts: string } } : {}),
    ...(files ? { files: files.map((file) => fileState(world, str(file.id) ?? '')) } : {}),
    ...(reactions ? { reactions: reactions.map(({ name, count }) => ({ name, count })) } : {}),
  } as unknown as Message;
}

function fileState(world: World, id: string) {
  const file = world.files.get(id);
  const content = file?.content.toString('utf8') ?? '';
  return { id, name: file?.name ?? '', title: file?.title ?? '', content };
}

function viewState({ id, view, errors }: ViewRecord): View {
  const { title, submit, close, blocks } = structuredClone(view);
  return {
    id,
    title: title ?? { text: '' },
    ...(submit ? { submit } : {}),
    ...(close ? { close } : {}),
    blocks,
    errors,
  } as View;
}
