import type { App } from '@slack/bolt';
import { AcknetError } from '../../errors.js';
import { type BoltOptions, createBoltApp } from './create-bolt-app.js';
import { createDrain } from './drain.js';
import { slackFault } from './slack-error.js';

export interface Bot {
  connected(): boolean;
  /** Takes no more events; lets listeners under way finish. */
  stop(graceMs: number): Promise<void>;
}

export interface BotOptions {
  readonly connection: BoltOptions;
  readonly listen: (app: App) => void;
}

/** Connects to Slack; resolves once events can arrive. */
export async function startBot({ connection, listen }: BotOptions): Promise<Bot> {
  const { app, connected } = createBoltApp(connection);
  const drain = createDrain(app);
  listen(app);
  await signIn(app);
  connection.logger.info({}, 'connected to Slack');
  return {
    connected,
    async stop(graceMs) {
      await app.stop();
      await drain.idle(graceMs);
    },
  };
}

async function signIn(app: App): Promise<void> {
  try {
    await app.init();
    await app.start();
  } catch (cause) {
    const { code, message } = slackFault(cause, 'sign in to Slack');
    const hint = 'Check SLACK_BOT_TOKEN, SLACK_APP_TOKEN and SLACK_API_URL.';
    throw new AcknetError(code, message, { cause, hint });
  }
}
