import { items, str } from '../json.js';
import { SlackApiError } from '../requests/slack-api-error.js';
import type { SeedUser } from '../state/workspace-seed.js';
import { dmOf } from '../state/workspace-seed.js';
import type { ChannelRecord, Wire, World } from '../state/world.js';
import type { Args } from './method.js';

export function required(args: Args, name: string, error = 'invalid_arguments'): string {
  const value = args[name];
  if (value === undefined || value === '')
    throw new SlackApiError(error, {
      response_metadata: { messages: [`[ERROR] missing required field: ${name}`] },
    });
  return String(value);
}

export const flag = (value: unknown): boolean => value === true || value === 'true' || value === '1';

export const wires = (value: unknown): Wire[] | undefined =>
  Array.isArray(value) ? (items(value) as Wire[]) : undefined;

/** A channel by id, `#name`, or the id of a person (their DM). */
export function channelOf(world: World, args: Args, name = 'channel'): ChannelRecord {
  const wanted = required(args, name, 'channel_not_found').replace(/^#/, '');
  const channel =
    world.channels.get(wanted) ??
    world.channels.get(world.users.has(wanted) ? dmOf(wanted) : '') ??
    [...world.channels.values()].find((entry) => entry.kind !== 'im' && entry.name === wanted);
  if (channel === undefined) throw new SlackApiError('channel_not_found');
  return channel;
}

/** The channel, if the bot is in it: a private one it is not in does not exist for it. */
export function joinedChannel(world: World, args: Args, name = 'channel'): ChannelRecord {
  const channel = channelOf(world, args, name);
  if (channel.members.has(world.seed.app.botUser)) return channel;
  throw new SlackApiError(channel.kind === 'channel' ? 'not_in_channel' : 'channel_not_found');
}

export function userOf(world: World, args: Args, name = 'user'): SeedUser {
  const user = world.users.get(str(args[name]) ?? '');
  if (user === undefined) throw new SlackApiError('user_not_found');
  return user;
}
