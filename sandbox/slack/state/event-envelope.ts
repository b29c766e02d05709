import type { Wire, World } from './world.js';

/** The outer `event_callback` that Slack puts around every event. */
export function eventEnvelope(world: World, event: Wire): Wire {
  const { team, app } = world.seed;
  const id = world.nextId().replaceAll('-', '').toUpperCase();
  return {
    token: 'verif',
    team_id: team.id,
    context_team_id: team.id,
    context_enterprise_id: null,
    api_app_id: app.id,
    event,
    type: 'event_callback',
    event_id: `Ev${id}`,
    event_time: Math.floor(world.now().getTime() / 1000),
    authorizations: [
      {
        enterprise_id: null,
        team_id: team.id,
        user_id: app.botUser,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: false,
    event_context: `4-${id}`,
  };
}
