import { botMessage } from '../state/bot-message.js';
import { type Json, str } from '../json.js';
import { editMessage, messageAt, postMessage, removeMessage } from '../state/messages.js';
import { flag } from '../methods/arguments.js';
import { addEphemeral } from '../methods/chat.js';
import type { ResponseTarget } from './response-urls.js';
import type { EphemeralRecord, StoredMessage, Wire, World } from '../state/world.js';

type Response = Json & { readonly content: { text: string } & Wire };

/** What a `response_url` (or a command's ack) does with a message; ephemeral unless it says otherwise. */
export function respond(world: World, target: ResponseTarget, body: Response): void {
  if (flag(body.delete_original)) removeOriginal(world, target);
  else if (flag(body.replace_original) && target.message !== undefined)
    replaceOriginal(world, target, body.content);
  else add(world, target, body);
}

function add(world: World, target: ResponseTarget, body: Response): void {
  const channel = world.channels.get(target.channel);
  if (channel === undefined) return;
  const thread = str(body.thread_ts);
  const content = { ...body.content, ...(thread === undefined ? {} : { thread_ts: thread }) };
  if (body.response_type === 'in_channel') postMessage(world, channel, botMessage(world, content));
  else addEphemeral(world, { channel: target.channel, receiver: target.user, content });
}

function originalOf(world: World, { channel, message }: ResponseTarget) {
  const ephemeral: EphemeralRecord | undefined = world.ephemerals.find(
    (entry) => entry.channel === channel && entry.message.ts === message?.ts,
  );
  const place = world.channels.get(channel);
  return { ephemeral, place, stored: place && messageAt(place, message?.ts ?? '') };
}

function removeOriginal(world: World, target: ResponseTarget): void {
  const { ephemeral, place, stored } = originalOf(world, target);
  if (ephemeral !== undefined) {
    world.ephemerals.splice(world.ephemerals.indexOf(ephemeral), 1);
    world.changed();
  } else if (place !== undefined && stored !== undefined) removeMessage(world, place, stored);
}

function replaceOriginal(world: World, target: ResponseTarget, content: Response['content']): void {
  const { ephemeral, place, stored } = originalOf(world, target);
  if (ephemeral !== undefined) {
    const { blocks: _blocks, attachments: _attachments, ...kept } = ephemeral.message;
    ephemeral.message = { ...kept, ...content } as StoredMessage;
    world.changed();
  } else if (place !== undefined && stored !== undefined)
    editMessage(world, place, { message: stored, by: world.seed.app.botUser, edit: content });
}
