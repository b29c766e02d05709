import type { App } from '@slack/bolt';
import type { SlackServices } from '../slack-services.js';

/** Who left a group must lose its rights now, not when a cache ends. */
export function onUserGroups(app: App, { directory }: SlackServices): void {
  app.event('subteam_members_changed', ({ event }) => directory.forgetGroup(event.subteam_id));
  app.event('subteam_updated', ({ event }) => directory.forgetGroup(event.subteam.id));
}
