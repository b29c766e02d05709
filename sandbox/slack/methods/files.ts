import { botMessage } from '../state/bot-message.js';
import { objects, str } from '../json.js';
import { postMessage } from '../state/messages.js';
import { SlackApiError } from '../requests/slack-api-error.js';
import type { FileRecord, Wire, World } from '../state/world.js';
import { joinedChannel, required, wires } from './arguments.js';
import type { Methods } from './method.js';

/** `uploadBase` is where the bytes go, known once the server listens. */
export const fileMethods = (uploadBase: () => string): Methods => ({
  'files.getUploadURLExternal': {
    tier: 'tier4',
    args: ['filename', 'length'],
    run: (world, args) => {
      const name = required(args, 'filename');
      const length = Number(required(args, 'length'));
      if (!Number.isInteger(length) || length < 1) throw new SlackApiError('invalid_arguments');
      const file = addFile(world, { name, length, content: Buffer.alloc(0), user: world.seed.app.botUser });
      return { ok: true, file_id: file.id, upload_url: `${uploadBase()}${file.id}` };
    },
  },
  'files.completeUploadExternal': {
    tier: 'tier4',
    args: ['files', 'channel_id', 'channels', 'thread_ts', 'initial_comment', 'blocks'],
    run: (world, args) => {
      const files = objects(args.files).map((entry) => completed(world, entry));
      if (files.length === 0) throw new SlackApiError('invalid_arguments');
      const target = str(args.channel_id) ?? str(args.channels);
      if (target !== undefined) {
        const channel = joinedChannel(world, { channel: target });
        const content = {
          text: str(args.initial_comment) ?? '',
          blocks: wires(args.blocks),
          thread_ts: str(args.thread_ts),
          files: files.map((file) => describeFile(world, file)),
        };
        postMessage(world, channel, botMessage(world, content));
      }
      return { ok: true, files: files.map((file) => describeFile(world, file)) };
    },
  },
});

export function addFile(
  world: World,
  { name, length, content, user }: Pick<FileRecord, 'name' | 'length' | 'content' | 'user'>,
): FileRecord {
  const id = `F${world.nextId().replaceAll('-', '').slice(0, 10).toUpperCase()}`;
  const file = { id, name, title: name, content, length, user, uploaded: content.length > 0, shared: false };
  world.files.set(id, file);
  return file;
}

export function describeFile(world: World, file: FileRecord): Wire {
  const text = file.content.toString('utf8');
  return {
    id: file.id,
    name: file.name,
    title: file.title,
    mimetype: 'text/plain',
    filetype: 'text',
    user: file.user,
    size: file.length,
    mode: 'snippet',
    preview: text.slice(0, 1000),
    permalink: `https://${world.seed.team.domain}.slack.com/files/${file.user}/${file.id}/${file.name}`,
  };
}

function completed(world: World, entry: Wire): FileRecord {
  const file = world.files.get(str(entry.id) ?? '');
  if (file === undefined || !file.uploaded || file.shared) throw new SlackApiError('file_not_found');
  file.title = str(entry.title) ?? file.name;
  file.shared = true;
  return file;
}
