import { str } from '../json.js';
import type { ChannelRecord, World } from '../state/world.js';
import { SlackApiError } from './slack-api-error.js';

type ByKind = Readonly<Record<ChannelRecord['kind'], string>>;

const reading: ByKind = { channel: 'channels:read', group: 'groups:read', im: 'im:read' };
const history: ByKind = { channel: 'channels:history', group: 'groups:history', im: 'im:history' };

/** What each method asks of a bot token, by the kind of channel where Slack tells them apart. Others ask for none. */
const needs: Readonly<Record<string, string | ByKind>> = {
  'assistant.threads.setStatus': 'assistant:write',
  'assistant.threads.setSuggestedPrompts': 'assistant:write',
  'assistant.threads.setTitle': 'assistant:write',
  'chat.delete': 'chat:write',
  'chat.postEphemeral': 'chat:write',
  'chat.postMessage': 'chat:write',
  'chat.update': 'chat:write',
  'conversations.history': history,
  'conversations.info': reading,
  'conversations.members': reading,
  'conversations.open': 'im:write',
  'conversations.replies': history,
  'files.completeUploadExternal': 'files:write',
  'files.getUploadURLExternal': 'files:write',
  'reactions.add': 'reactions:write',
  'usergroups.list': 'usergroups:read',
  'usergroups.users.list': 'usergroups:read',
  'users.info': 'users:read',
};

/** Every scope that some method here asks for. */
export const everyScope: readonly string[] = [
  ...new Set(Object.values(needs).flatMap((need) => (typeof need === 'string' ? need : Object.values(need)))),
];

/** Throws `missing_scope` as Slack words it. A channel that is not there is the method's own to refuse. */
export function checkScope(world: World, name: string, args: Readonly<Record<string, unknown>>): void {
  const need = needs[name];
  const kind = world.channels.get(str(args.channel) ?? '')?.kind;
  const needed = typeof need === 'object' ? kind && need[kind] : need;
  const { scopes } = world.seed.app;
  if (needed === undefined || scopes.includes(needed)) return;
  throw new SlackApiError('missing_scope', { needed, provided: scopes.join(',') });
}
