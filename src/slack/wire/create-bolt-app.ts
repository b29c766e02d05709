import { App, SocketModeReceiver } from '@slack/bolt';
import type { Logger } from '../../ops/log.js';
import { clientOptions } from './create-clients.js';
import { slackLogger } from './slack-logger.js';
import type { Socket } from './socket/keep-connected.js';
import { type DroppedFrame, screenFrames } from './socket/screen-frames.js';

export interface BoltOptions {
  readonly botToken: string;
  readonly appToken: string;
  readonly apiUrl: string;
  readonly logger: Logger;
  /** Told of each frame that Slack would not send. */
  readonly onDroppedFrame: (why: DroppedFrame) => void;
}

interface BoltApp {
  readonly app: App;
  readonly socket: Socket;
}

/** Whoever connects tries again, and says so; acknet's own calls have clients of their own. */
const once = { retryConfig: { retries: 0 } };

/** Bolt in Socket Mode, not yet signed in nor connected. */
export function createBoltApp(options: BoltOptions): BoltApp {
  const logger = slackLogger(options.logger);
  // One object each: the first WebClient writes its token into the headers of the options it is given.
  const receiver = new SocketModeReceiver({
    appToken: options.appToken,
    logger,
    installerOptions: { clientOptions: { ...clientOptions(options), ...once } },
  });
  screenFrames(receiver.client, options.onDroppedFrame);
  const app = new App({
    token: options.botToken,
    receiver,
    logger,
    deferInitialization: true,
    clientOptions: { ...clientOptions(options), ...once },
  });
  app.error(async (error) => options.logger.error({ err: error }, 'listener failed'));
  return { app, socket: withoutReconnects(receiver.client) };
}

/** Where its own attempt to reconnect fails, socket-mode 3.1 rejects what nobody awaits, which ends the process. */
function withoutReconnects(client: SocketModeReceiver['client']): Socket {
  (client as unknown as { autoReconnectEnabled: boolean }).autoReconnectEnabled = false;
  return client;
}
