import { isJson } from '../json.js';
import { SlackApiError } from '../requests/slack-api-error.js';
import type { SeedUser } from '../state/workspace-seed.js';
import type { Wire, World } from '../state/world.js';
import { flag, required } from './arguments.js';
import type { Methods } from './method.js';

export const userMethods: Methods = {
  'users.info': {
    tier: 'tier4',
    args: ['user'],
    run: (world, args) => {
      const id = required(args, 'user', 'user_not_found');
      const { app } = world.seed;
      if (id === app.botUser) return { ok: true, user: describe(world, botUser(app)) };
      const user = world.users.get(id);
      if (user === undefined) throw new SlackApiError('user_not_found');
      return { ok: true, user: describe(world, user) };
    },
  },
  'usergroups.list': {
    tier: 'tier2',
    args: ['include_users', 'include_count'],
    run: (world, args) => ({
      ok: true,
      usergroups: [...world.groups.values()].map((group) => ({
        id: group.id,
        team_id: world.seed.team.id,
        is_usergroup: true,
        name: group.name,
        handle: group.handle,
        description: '',
        date_delete: 0,
        ...(flag(args.include_users) ? { users: group.users } : {}),
        ...(flag(args.include_count) ? { user_count: group.users.length } : {}),
      })),
    }),
  },
  'usergroups.users.list': {
    tier: 'tier2',
    args: ['usergroup'],
    run: (world, args) => {
      const group = world.groups.get(required(args, 'usergroup', 'no_such_subteam'));
      if (group === undefined) throw new SlackApiError('no_such_subteam');
      return { ok: true, users: [...group.users] };
    },
  },
};

type Described = SeedUser & { readonly is_bot?: boolean };

const botUser = (app: World['seed']['app']): Described => ({
  id: app.botUser,
  name: app.name,
  real_name: app.name,
  is_bot: true,
});

/** A user as `users.info` and `user_change` show them. */
export function describe(world: World, user: Described): Wire {
  const { id, name, real_name, title, deleted } = user;
  return {
    id,
    team_id: world.seed.team.id,
    name,
    real_name,
    deleted: deleted ?? false,
    tz: 'Etc/UTC',
    tz_offset: 0,
    profile: { real_name, display_name: name, title: title ?? '', team: world.seed.team.id },
    is_admin: user.is_admin ?? false,
    is_owner: false,
    is_restricted: user.is_restricted ?? false,
    is_ultra_restricted: user.is_ultra_restricted ?? false,
    is_bot: isJson(user) && user.is_bot === true,
    is_app_user: false,
    updated: 1795000000,
  };
}
