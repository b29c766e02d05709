import { App, LogLevel } from '@slack/bolt';

/** The least that a bot on Bolt does: says in the thread what was said. */
const [apiUrl = '', token = '', appToken = ''] = process.argv.slice(2);
const app = new App({
  ...{ token, appToken, socketMode: true, logLevel: LogLevel.ERROR },
  clientOptions: { slackApiUrl: apiUrl },
});
app.event('app_mention', async ({ event, say }) => {
  await say({ text: event.text, thread_ts: event.ts });
});
await app.start();
process.on('disconnect', () => process.exit());
