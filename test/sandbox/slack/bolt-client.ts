import { App, LogLevel } from '@slack/bolt';
import type { SlackSimulator } from '../../../sandbox/slack/slack-simulator.js';
import { patience } from '../../support/patience.js';
import { silent } from './silent-logger.js';

/** The real Bolt App in Socket Mode, connected to a simulated workspace. */
export async function startBolt(slack: SlackSimulator, listen: (app: App) => void): Promise<App> {
  const app = new App({
    token: slack.botToken,
    appToken: slack.appToken,
    socketMode: true,
    deferInitialization: true,
    logLevel: LogLevel.ERROR,
    logger: silent,
    clientOptions: { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 }, timeout: patience(10_000) },
  });
  listen(app);
  await app.init();
  await app.start();
  return app;
}
