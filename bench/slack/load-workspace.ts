import type { WorkspaceSeed } from '../../sandbox/slack/state/workspace-seed.js';
import { defaultWorkspace } from '../../sandbox/slack/state/default-workspace.js';

/** So many that no channel's history grows long: the workspace looks messages up by going through them. */
const CHANNELS = 100;

export const channelIds: readonly string[] = Array.from(
  { length: CHANNELS },
  (_, at) => `C0LOAD${String(at).padStart(3, '0')}`,
);

/** Everybody is in every channel. */
export const loadWorkspace: WorkspaceSeed = {
  ...defaultWorkspace,
  channels: channelIds.map((id) => ({
    id,
    name: id.toLowerCase(),
    members: [...defaultWorkspace.users.map((user) => user.id), defaultWorkspace.app.botUser],
  })),
};
