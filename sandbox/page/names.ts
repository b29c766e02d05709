import type { SandboxState } from './sandbox-state.js';

/** How ids are shown. */
export interface Names {
  user(id: string): string;
  channel(id: string): string;
  group(id: string): string;
}

export const namesOf = (state: SandboxState): Names => ({
  user: (id) => {
    const user = state.users.find((candidate) => candidate.id === id);
    return user?.real_name ?? user?.name ?? id;
  },
  channel: (id) => state.channels.find((channel) => channel.id === id)?.name ?? id,
  group: (id) => state.usergroups.find((group) => group.id === id)?.handle ?? id,
});
