import { describe, expect, it } from '@jest/globals';
import { createBoltApp } from '../../../src/slack/wire/create-bolt-app.js';
import { createClients } from '../../../src/slack/wire/create-clients.js';
import { quietLogger } from '../../support/quiet-logger.js';
import { startSimulatedSlack } from '../../support/start-simulated-slack.js';

describe('what Slack sends over the socket', () => {
  it('is acknowledged whoever said it, and reaches Bolt only where a person did', async () => {
    const acks: number[] = [];
    const slack = await startSimulatedSlack({ onAck: (tookMs) => acks.push(tookMs) });
    const logger = quietLogger();
    const { botToken, appToken, apiUrl } = slack;
    const { app } = createBoltApp({ botToken, appToken, apiUrl, logger, onDroppedFrame: () => undefined });
    const reached: unknown[] = [];
    const process = app.processEvent.bind(app);
    // A listener would not tell: Bolt keeps from them what its own bot said.
    app.processEvent = async (event) => {
      reached.push(event.body.event?.text);
      await process(event);
    };
    try {
      await app.init();
      await app.start();
      const { posts } = createClients({ token: botToken, apiUrl, logger });
      await posts.chat.postMessage({ channel: 'C0OPS', text: 'an answer' });
      await slack.waitFor(() => acks.length === 1);
      await slack.as('U0ANA').say({ channel: 'C0OPS', text: 'thanks' });
      await slack.waitFor(() => acks.length === 2);
      expect(reached).toEqual(['thanks']);
    } finally {
      await app.stop();
      await slack.close();
    }
  });
});
