import { postMessage } from './messages.js';
import { describe } from '../methods/users.js';
import type { SlackSimulator } from '../slack-simulator.js';
import type { World } from './world.js';

type Changes = Pick<SlackSimulator, 'setGroupMembers' | 'setUser' | 'setBotMembership' | 'postAsApp'>;

/** What admins and other apps do. */
export function workspaceChanges(world: World): Changes {
  const { team, app } = world.seed;
  return {
    setGroupMembers: (id, users) => {
      const group = existing(world.groups, id);
      const now = Math.floor(world.now().getTime() / 1000);
      world.groups.set(id, { ...group, users });
      const added = users.filter((user) => !group.users.includes(user));
      const removed = group.users.filter((user) => !users.includes(user));
      const counts = { added_users_count: added.length, removed_users_count: removed.length };
      world.emit([
        {
          ...{ type: 'subteam_members_changed', subteam_id: id, team_id: team.id },
          ...{ date_previous_update: now, date_update: now, added_users: added, removed_users: removed },
          ...counts,
          event_ts: world.nextTs(),
        },
      ]);
      const subteam = { id, team_id: team.id, is_usergroup: true, name: group.name, handle: group.handle };
      world.emit([{ type: 'subteam_updated', subteam: { ...subteam, users }, event_ts: world.nextTs() }]);
      world.changed();
    },
    setUser: (id, change) => {
      const user = { ...existing(world.users, id), ...change };
      world.users.set(id, user);
      const cacheTs = Math.floor(world.now().getTime() / 1000);
      world.emit([
        { type: 'user_change', user: describe(world, user), cache_ts: cacheTs, event_ts: world.nextTs() },
      ]);
      world.changed();
    },
    setBotMembership: (id, member) => {
      const { members } = existing(world.channels, id);
      if (member) members.add(app.botUser);
      else members.delete(app.botUser);
      world.changed();
    },
    postAsApp: ({ channel, username, text, threadTs }) =>
      postMessage(world, existing(world.channels, channel), {
        ...{ subtype: 'bot_message', bot_id: 'B0HOOK', username, text },
        ...(threadTs === undefined ? {} : { thread_ts: threadTs }),
      }).ts,
  };
}

function existing<T>(map: ReadonlyMap<string, T>, id: string): T {
  const found = map.get(id);
  if (found === undefined) throw new TypeError(`no ${id} in the workspace`);
  return found;
}
