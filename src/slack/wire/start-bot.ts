import type { RequestListener } from 'node:http';
import type { App } from '@slack/bolt';
import { type BoltOptions, createBoltApp } from './create-bolt-app.js';
import { createDrain } from './drain.js';
import { keepConnected } from './socket/keep-connected.js';

export interface Bot {
  /** Takes Slack's requests; undefined = they come over a socket. */
  readonly receive: RequestListener | undefined;
  connected(): boolean;
  /** Takes no more events; lets listeners under way finish. */
  stop(graceMs: number): Promise<void>;
}

interface BotOptions {
  readonly connection: BoltOptions;
  readonly listen: (app: App) => void;
  /** Ends the wait for Slack. */
  readonly signal: AbortSignal;
}

/** Connects to Slack, for as long as that takes; resolves once events can arrive. */
export async function startBot({ connection, listen, signal }: BotOptions): Promise<Bot> {
  const { app, socket, receive } = createBoltApp(connection);
  const drain = createDrain(app);
  listen(app);
  const line = await keepConnected({ signIn: () => app.init(), socket, logger: connection.logger, signal });
  return {
    receive,
    connected: line.connected,
    async stop(graceMs) {
      line.end();
      // Over HTTP the port is somebody else's, who has closed it.
      if (receive === undefined) await app.stop();
      await drain.idle(graceMs);
    },
  };
}
