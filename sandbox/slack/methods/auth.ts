import type { Methods } from './method.js';

export const authMethods: Methods = {
  'auth.test': {
    tier: 'special',
    args: [],
    run: ({ seed }) => ({
      ok: true,
      url: `https://${seed.team.domain}.slack.com/`,
      team: seed.team.name,
      user: seed.app.name,
      team_id: seed.team.id,
      user_id: seed.app.botUser,
      bot_id: seed.app.bot,
      is_enterprise_install: false,
    }),
  },
};
