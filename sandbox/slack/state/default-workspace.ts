import type { WorkspaceSeed } from './workspace-seed.js';

const people = ['U0ANA', 'U0BO', 'U0EVE', 'U0GUS'];

/** What deploy/slack-manifest.yaml asks for; test/docs/slack-scopes.test.ts holds the two together. */
const manifestScopes = [
  'app_mentions:read',
  'assistant:write',
  'channels:history',
  'chat:write',
  'commands',
  'files:write',
  'groups:history',
  'im:history',
  'im:write',
  'usergroups:read',
  'users:read',
];

/** An on-call team: an engineer, an approver, someone without rights, and a guest. */
export const defaultWorkspace: WorkspaceSeed = {
  team: { id: 'T0ACK', name: 'Ackme Ops', domain: 'ackme-ops' },
  app: {
    id: 'A0ACK',
    botUser: 'U0BOT',
    bot: 'B0BOT',
    name: 'acknet',
    commands: ['/acknet'],
    scopes: manifestScopes,
  },
  users: [
    { id: 'U0ANA', name: 'ana', real_name: 'Ana', title: 'engineer' },
    { id: 'U0BO', name: 'bo', real_name: 'Bo', title: 'approver' },
    { id: 'U0EVE', name: 'eve', real_name: 'Eve', title: 'no rights' },
    { id: 'U0GUS', name: 'gus', real_name: 'Gus', title: 'guest', is_restricted: true },
  ],
  groups: [{ id: 'S0NETOPS', handle: 'netops', name: 'Network operations', users: ['U0BO'] }],
  channels: [
    { id: 'C0OPS', name: 'ops', members: [...people, 'U0BOT'], topic: 'Clusters and who is on call' },
    { id: 'C0RANDOM', name: 'random', members: [...people, 'U0BOT'], topic: 'Everything else' },
    { id: 'C0SECRET', name: 'secret', members: people, topic: 'acknet is not here yet' },
  ],
};
