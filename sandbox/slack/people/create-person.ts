import { findElement, messageElements } from '../state/find-element.js';
import { isJson, type Json, objects } from '../json.js';
import { editMessage, messageAt, postMessage, removeMessage } from '../state/messages.js';
import { addFile, describeFile } from '../methods/files.js';
import { typedText } from '../typed-text.js';
import { viewPayload } from '../state/views.js';
import { dmOf } from '../state/workspace-seed.js';
import type { ChannelRecord, StoredMessage, Wire } from '../state/world.js';
import { clickElement, shownMessage } from './click-element.js';
import { type Desk, interactionBase } from './desk.js';
import type { Person, Saying } from './person.js';
import { runCommand } from './run-command.js';
import { closeView, submitView } from './submit-view.js';

export function createPerson(desk: Desk): Person {
  return {
    id: desk.user.id,
    say: async (saying) => ({ ts: say(desk, saying).ts }),
    edit: async ({ channel, ts, text }) => {
      const { place, message } = ownMessage(desk, { channel, ts });
      const edit = typedText(desk.world, text);
      editMessage(desk.world, place, { message, by: desk.user.id, edit });
    },
    remove: async (at) => {
      const { place, message } = ownMessage(desk, at);
      removeMessage(desk.world, place, message);
    },
    command: (command) => {
      channelOf(desk, command.channel);
      return runCommand(desk, command);
    },
    click: async (click) => clickElement(desk, click),
    submit: async (submission) => submitView(desk, submission),
    closeView: async ({ viewId }) => closeView(desk, viewId),
    openDm: async () => {
      open(desk, 'messages');
      return { channel: dmOf(desk.user.id) };
    },
    openHome: async () => open(desk, 'home'),
    suggest: async (at) => suggest(desk, at),
  };
}

function channelOf({ world, user }: Desk, id: string): ChannelRecord {
  const channel = world.channels.get(id);
  if (!channel?.members.has(user.id)) throw new TypeError(`${user.name} is not in a channel ${id}`);
  return channel;
}

function say(desk: Desk, { channel, text, threadTs, broadcast, files = [] }: Saying): StoredMessage {
  const { world, user } = desk;
  const shared = files.map(({ name, content }) => {
    const bytes = Buffer.from(content);
    return describeFile(world, addFile(world, { name, content: bytes, length: bytes.length, user: user.id }));
  });
  const subtype = shared.length > 0 ? 'file_share' : broadcast ? 'thread_broadcast' : undefined;
  return postMessage(world, channelOf(desk, channel), {
    client_msg_id: world.nextId(),
    user: user.id,
    team: world.seed.team.id,
    ...typedText(world, text),
    ...(threadTs === undefined ? {} : { thread_ts: threadTs }),
    ...(subtype === undefined ? {} : { subtype }),
    ...(shared.length > 0 ? { files: shared } : {}),
  });
}

function ownMessage(desk: Desk, { channel, ts }: { channel: string; ts: string }) {
  const place = channelOf(desk, channel);
  const message = messageAt(place, ts);
  if (message?.user !== desk.user.id) throw new TypeError(`${desk.user.name} wrote no message ${ts}`);
  return { place, message };
}

function open({ world, user }: Desk, tab: 'messages' | 'home'): void {
  const home = world.views.get(world.homes.get(user.id) ?? '');
  const event: Wire = {
    type: 'app_home_opened',
    user: user.id,
    channel: dmOf(user.id),
    tab,
    event_ts: world.nextTs(),
    ...(home === undefined || tab !== 'home' ? {} : { view: viewPayload(home) }),
    context: { entities: [] },
  };
  world.emit([event]);
}

async function suggest(
  desk: Desk,
  { channel, ts, actionId, value }: Parameters<Person['suggest']>[0],
): Promise<readonly Json[]> {
  const { message, ephemeral } = shownMessage(desk, { channel, ts });
  const { block } = findElement(messageElements(message), { actionId });
  const { trigger_id: _none, ...base } = interactionBase(desk);
  const payload = {
    type: 'block_suggestion',
    ...base,
    container: { type: 'message', message_ts: ts, channel_id: channel, is_ephemeral: ephemeral },
    channel: { id: channel, name: desk.world.channels.get(channel)?.name },
    ...(ephemeral ? {} : { message: structuredClone(message) }),
    action_id: actionId,
    block_id: block.block_id,
    value,
  };
  const ack = await desk.send({ type: 'interactive', accepts_response_payload: true, payload });
  return ack.acked && isJson(ack.payload) ? objects(ack.payload.options) : [];
}
