import type { MessageContent, Wire, World } from './world.js';

/** The fields Slack puts on what a bot token posts: no subtype, and both `user` and `bot_id`. */
export function botMessage(world: World, content: { text: string } & Wire): MessageContent {
  const { app, team } = world.seed;
  const icon = `https://a.slack-edge.com/80588/img/plugins/app/bot_`;
  return {
    ...content,
    user: app.botUser,
    bot_id: app.bot,
    app_id: app.id,
    team: team.id,
    bot_profile: {
      id: app.bot,
      app_id: app.id,
      name: app.name,
      team_id: team.id,
      icons: { image_36: `${icon}36.png`, image_48: `${icon}48.png`, image_72: `${icon}72.png` },
      updated: 1795000000,
      deleted: false,
    },
  };
}
