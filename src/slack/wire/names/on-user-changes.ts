import type { App } from '@slack/bolt';
import type { CachedDirectory } from './create-directory.js';

/** Who left a group, or was deactivated, must lose its rights now, not when a cache ends. */
export function onUserChanges(
  app: App,
  { directory }: { readonly directory: Pick<CachedDirectory, 'forgetGroup' | 'forgetUser'> },
): void {
  app.event('subteam_members_changed', ({ event }) => directory.forgetGroup(event.subteam_id));
  app.event('subteam_updated', ({ event }) => directory.forgetGroup(event.subteam.id));
  app.event('user_change', ({ event }) => directory.forgetUser(event.user.id));
}
