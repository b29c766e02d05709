import type { SocketHub } from './socket-hub.js';

/** How the workspace reaches the app, whichever way that is. */
export type AppLine = Pick<SocketHub, 'send' | 'ready'>;
