import { App, SocketModeReceiver } from '@slack/bolt';
import type { Logger } from '../../ops/log.js';
import { clientOptions } from './create-clients.js';
import { type DroppedFrame, screenFrames } from './screen-frames.js';
import { slackLogger } from './slack-logger.js';

export interface BoltOptions {
  readonly botToken: string;
  readonly appToken: string;
  readonly apiUrl: string;
  readonly logger: Logger;
  /** Told of each frame that Slack would not send. */
  readonly onDroppedFrame: (why: DroppedFrame) => void;
}

export interface BoltApp {
  readonly app: App;
  /** Whether the Socket Mode connection is up now. */
  connected(): boolean;
}

/** Bolt in Socket Mode, not yet started: `app.init()`, then `app.start()`. */
export function createBoltApp(options: BoltOptions): BoltApp {
  const logger = slackLogger(options.logger);
  // One object each: the first WebClient writes its token into the headers of the options it is given.
  const receiver = new SocketModeReceiver({
    appToken: options.appToken,
    logger,
    installerOptions: { clientOptions: clientOptions(options) },
  });
  screenFrames(receiver.client, options.onDroppedFrame);
  const app = new App({
    token: options.botToken,
    receiver,
    logger,
    deferInitialization: true,
    clientOptions: clientOptions(options),
  });
  app.error(async (error) => options.logger.error({ err: error }, 'listener failed'));
  let connected = false;
  receiver.client.on('connected', () => {
    connected = true;
  });
  for (const lost of ['disconnected', 'reconnecting', 'disconnecting'])
    receiver.client.on(lost, () => {
      connected = false;
    });
  return { app, connected: () => connected };
}
