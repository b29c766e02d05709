import type { Methods } from './method.js';

export const connectionMethods = (socketUrl: () => string): Methods => ({
  'apps.connections.open': {
    tier: 'special',
    token: 'app',
    args: [],
    run: () => ({ ok: true, url: socketUrl() }),
  },
});
