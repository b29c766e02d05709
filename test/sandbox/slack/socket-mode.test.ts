import { afterEach, describe, expect, it } from '@jest/globals';
import type { App } from '@slack/bolt';
import type { SlackSimulator, SlackSimulatorOptions } from '../../../src/sandbox/slack/slack-simulator.js';
import { startSimulatedSlack } from '../../support/start-simulated-slack.js';
import { startBolt } from './bolt-client.js';

const open: { slack: SlackSimulator; app: App }[] = [];

async function connect(listen: (app: App) => void, options: Partial<SlackSimulatorOptions> = {}) {
  const slack = await startSimulatedSlack(options);
  const app = await startBolt(slack, listen);
  open.push({ slack, app });
  return slack;
}

afterEach(async () => {
  for (const { slack, app } of open.splice(0)) {
    await app.stop();
    await slack.close();
  }
});

describe('a mention', () => {
  it('reaches the real Bolt client, which answers in its thread', async () => {
    const slack = await connect((app) => {
      app.event('app_mention', async ({ event, say }) => {
        await say({ text: `got: ${event.text}`, thread_ts: event.ts });
      });
    });
    const { ts } = await slack.as('U0ANA').say({ channel: 'C0OPS', text: '@acknet why is a < b & c?' });
    const answer = await slack.waitFor(() => slack.messages({ channel: 'C0OPS', threadTs: ts })[1]);
    expect(answer).toMatchObject({
      user: 'U0BOT',
      bot_id: 'B0BOT',
      thread_ts: ts,
      text: 'got: <@U0BOT> why is a &lt; b &amp; c?',
    });
  });

  it('comes with a message event for the same ts, and with the text as rich text', async () => {
    const events: Record<string, unknown>[] = [];
    const slack = await connect((app) => {
      app.event('app_mention', async ({ event }) => void events.push({ ...event }));
      app.event('message', async ({ event }) => void events.push({ ...event }));
    });
    const { ts } = await slack.as('U0ANA').say({ channel: 'C0OPS', text: '@acknet hello' });
    await slack.waitFor(() => events.length === 2);
    const sections = [
      {
        type: 'rich_text_section',
        elements: [
          { type: 'user', user_id: 'U0BOT' },
          { type: 'text', text: ' hello' },
        ],
      },
    ];
    expect(events.map(({ type }) => type)).toEqual(['app_mention', 'message']);
    for (const event of events) {
      expect(event).toMatchObject({ ts, channel: 'C0OPS', user: 'U0ANA', team: 'T0ACK' });
      expect(event.blocks).toMatchObject([{ type: 'rich_text', elements: sections }]);
    }
    expect(events[0]).not.toHaveProperty('channel_type');
    expect(events[1]).toMatchObject({ channel_type: 'channel' });
  });

  it('is not heard in a channel the bot has not joined', async () => {
    const heard: string[] = [];
    const slack = await connect((app) => {
      app.event('app_mention', async ({ event }) => void heard.push(event.channel));
    });
    await slack.as('U0ANA').say({ channel: 'C0SECRET', text: '@acknet psst' });
    await slack.as('U0ANA').say({ channel: 'C0OPS', text: '@acknet hello' });
    await slack.waitFor(() => heard.length > 0);
    expect(heard).toEqual(['C0OPS']);
  });
});
