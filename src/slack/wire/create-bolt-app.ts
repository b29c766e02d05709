import type { RequestListener } from 'node:http';
import { App, HTTPReceiver, type Receiver, SocketModeReceiver } from '@slack/bolt';
import type { Logger } from '../../ops/log.js';
import { isForNobody } from '../questions/message-events.js';
import { clientOptions } from './create-clients.js';
import { slackLogger } from './slack-logger.js';
import type { Socket } from './socket/keep-connected.js';
import { type DroppedFrame, type FrameEmitter, screenFrames } from './socket/screen-frames.js';
import type { WayToSlack } from './way-to-slack.js';

export interface BoltOptions {
  readonly botToken: string;
  /** For Socket Mode; that or the secret is there. */
  readonly appToken?: string | undefined;
  /** Slack then sends by HTTP, and signs with it. */
  readonly signingSecret?: string | undefined;
  readonly apiUrl: string;
  /** Absent = straight. */
  readonly way?: WayToSlack | undefined;
  readonly logger: Logger;
  /** Who the token is; absent = Slack is asked. */
  readonly self?: { readonly botUserId: string; readonly botId: string } | undefined;
  /** Told of each frame that Slack would not send. */
  readonly onDroppedFrame: (why: DroppedFrame) => void;
}

interface BoltApp {
  readonly app: App;
  readonly socket: Socket;
  /** What comes over the socket; undefined = nothing does. */
  readonly frames: FrameEmitter | undefined;
  /** What takes Slack's requests; undefined = they come over the socket. */
  readonly receive: RequestListener | undefined;
}

/** Whoever connects tries again, and says so; acknet's own calls have clients of their own. */
const once = { retryConfig: { retries: 0 } };

/** Bolt, in Socket Mode or for HTTP, not yet signed in nor connected. */
export function createBoltApp(options: BoltOptions): BoltApp {
  const { receiver, ...way } = options.signingSecret === undefined ? overSocket(options) : overHttp(options);
  // One object each: the first WebClient writes its token into the headers of the options it is given.
  const app = new App({
    token: options.botToken,
    ...(options.self && { ...options.self, tokenVerificationEnabled: false }),
    receiver,
    logger: slackLogger(options.logger),
    deferInitialization: true,
    // Nothing is kept by conversation, and a store is asked for each event: it answers with an error where it has nothing.
    convoStore: false,
    clientOptions: { ...clientOptions(options), ...once },
  });
  app.error(async (error) => options.logger.error({ err: error }, 'listener failed'));
  return { app, ...way };
}

interface Way extends Omit<BoltApp, 'app'> {
  readonly receiver: Receiver;
}

function overSocket(options: BoltOptions): Way {
  const receiver = new SocketModeReceiver({
    appToken: options.appToken ?? '',
    dispatcher: options.way?.dispatcher,
    logger: slackLogger(options.logger),
    installerOptions: { clientOptions: { ...clientOptions(options), ...once } },
  });
  // `send` is not declared as public; its `ack` is handed out only with an event that went all the way.
  const client = receiver.client as unknown as FrameEmitter;
  screenFrames(client, { onDropped: options.onDroppedFrame, isForNobody });
  return { receiver, socket: withoutReconnects(receiver.client), frames: client, receive: undefined };
}

/** Bolt verifies, answers the address check and acknowledges; the port is not its own. */
function overHttp({ signingSecret = '', logger }: BoltOptions): Way {
  const receiver = new HTTPReceiver({ signingSecret, logger: slackLogger(logger) });
  const socket: Socket = { start: async () => undefined, on: () => undefined };
  return { receiver, socket, frames: undefined, receive: receiver.requestListener };
}

/** Where its own attempt to reconnect fails, socket-mode 3.1 rejects what nobody awaits, which ends the process. */
function withoutReconnects(client: SocketModeReceiver['client']): Socket {
  (client as unknown as { autoReconnectEnabled: boolean }).autoReconnectEnabled = false;
  return client;
}
