import { App, type Receiver } from '@slack/bolt';
import { describe, expect, it } from '@jest/globals';
import { onMessage } from '../../../src/slack/questions/on-message.js';

const BOT = 'U0BOT';

/** What Slack sends comes to Bolt by hand; one listener behind notes which events get as far as it. */
function openApp() {
  const receiver: Receiver = {
    init: () => undefined,
    start: async () => undefined,
    stop: async () => undefined,
  };
  const app = new App({
    receiver,
    ignoreSelf: false,
    authorize: async () => ({ botUserId: BOT, botToken: 't' }),
  });
  const behind: string[] = [];
  onMessage(app, {} as never);
  app.event(/.*/, async ({ event }) => {
    behind.push(event.type);
  });
  const bring = (event: object) =>
    app.processEvent({ body: { type: 'event_callback', team_id: 'T1', event }, ack: async () => undefined });
  return { bring, behind };
}

describe('what Slack brings', () => {
  it.each(['app_mention', 'message'])(
    'goes no further than here where somebody said it: %s',
    async (type) => {
      const { bring, behind } = openApp();
      await bring({ type, user: BOT, channel: 'C1', ts: '1.1', text: 'hi' });
      expect(behind).toEqual([]);
    },
  );

  it('goes on where it is anything else', async () => {
    const { bring, behind } = openApp();
    await bring({ type: 'app_home_opened', user: 'U1', channel: 'D1', tab: 'home', event_ts: '1.1' });
    expect(behind).toEqual(['app_home_opened']);
  });
});
