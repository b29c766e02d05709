import { describe, expect, it } from '@jest/globals';
import { startSimulatedSlack } from '../../support/start-simulated-slack.js';
import { boltWorkspaces } from './bolt-workspace.js';
import { connectRaw } from './raw-socket.js';

const connect = boltWorkspaces();

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

describe('an event', () => {
  const counting = async (options = {}) => {
    const seen: { id: string; retry: number | undefined }[] = [];
    const slack = await connect((app) => {
      app.event('message', async ({ body, context }) => {
        seen.push({ id: body.event_id, retry: context.retryNum });
      });
    }, options);
    return { slack, seen };
  };

  it('comes once, as attempt 0, when it is acknowledged', async () => {
    const { slack, seen } = await counting({ ackDeadlineMs: 100 });
    await slack.as('U0ANA').say({ channel: 'C0OPS', text: 'first' });
    await slack.as('U0ANA').say({ channel: 'C0OPS', text: 'second' });
    await slack.waitFor(() => seen.length === 2);
    expect(seen.map(({ retry }) => retry)).toEqual([0, 0]);
    expect(new Set(seen.map(({ id }) => id)).size).toBe(2);
  });

  it('comes twice with one event id where told to', async () => {
    const { slack, seen } = await counting();
    slack.faults.duplicateNextEvent();
    await slack.as('U0ANA').say({ channel: 'C0OPS', text: 'hello' });
    await slack.waitFor(() => seen.length === 2);
    expect(seen[0]).toEqual(seen[1]);
  });

  it('comes again with its retry number where the ack was lost', async () => {
    const { slack, seen } = await counting();
    slack.faults.retryNextEvent();
    await slack.as('U0ANA').say({ channel: 'C0OPS', text: 'hello' });
    await slack.waitFor(() => seen.length === 2);
    expect(seen.map(({ retry }) => retry)).toEqual([0, 1]);
    expect(seen[0]?.id).toBe(seen[1]?.id);
  });

  it('comes again after the deadline to a client that does not acknowledge', async () => {
    const slack = await startSimulatedSlack({ ackDeadlineMs: 30 });
    const raw = await connectRaw(slack);
    await slack.as('U0ANA').say({ channel: 'C0OPS', text: 'hello' });
    const events = () => raw.frames.filter(({ type }) => type === 'events_api');
    await slack.waitFor(() => events().length >= 2);
    expect(events().slice(0, 2)).toMatchObject([
      { retry_attempt: 0, retry_reason: '' },
      { retry_attempt: 1, retry_reason: 'timeout' },
    ]);
    await slack.close();
  });

  it('waits for the client to connect again when its connection was cut', async () => {
    const { slack, seen } = await counting();
    slack.faults.dropSockets();
    expect(slack.sockets()).toBe(0);
    await slack.as('U0ANA').say({ channel: 'C0OPS', text: 'hello' });
    await slack.waitFor(() => seen.length === 1);
    expect(slack.sockets()).toBe(1);
  });

  it('tells of edits and deletions, the bot’s own included, and of a deleted root that keeps its replies', async () => {
    const events: Record<string, unknown>[] = [];
    const slack = await connect((app) => {
      app.event('message', async ({ event }) => void events.push({ ...event }));
    });
    const ana = slack.as('U0ANA');
    const { ts } = await ana.say({ channel: 'C0OPS', text: 'one' });
    await ana.edit({ channel: 'C0OPS', ts, text: 'two' });
    await ana.say({ channel: 'C0OPS', text: 'reply', threadTs: ts });
    await ana.remove({ channel: 'C0OPS', ts });
    const { ts: alone } = await ana.say({ channel: 'C0OPS', text: 'alone' });
    await ana.remove({ channel: 'C0OPS', ts: alone });
    await slack.waitFor(() => events.length === 6);
    expect(events).toMatchObject([
      { ts, text: 'one' },
      { subtype: 'message_changed', message: { ts, text: 'two' }, previous_message: { text: 'one' } },
      { text: 'reply', thread_ts: ts, parent_user_id: 'U0ANA' },
      { subtype: 'message_changed', message: { subtype: 'tombstone' } },
      { text: 'alone' },
      { subtype: 'message_deleted', deleted_ts: alone },
    ]);
  });

  it('tells of direct messages, files, an opened Home and a changed user group', async () => {
    const events: Record<string, unknown>[] = [];
    const slack = await connect((app) => {
      for (const name of ['message', 'app_home_opened', 'subteam_members_changed', 'subteam_updated'])
        app.event(name, async ({ event }) => void events.push({ ...event }));
    });
    const ana = slack.as('U0ANA');
    await ana.say({ channel: slack.dmOf('U0ANA'), text: 'help' });
    await ana.say({ channel: 'C0OPS', text: 'see', files: [{ name: 'a.txt', content: 'x' }] });
    await ana.openDm();
    slack.setGroupMembers('S0NETOPS', ['U0ANA']);
    await slack.waitFor(() => events.length === 5);
    // Bolt runs its listeners side by side.
    events.sort((a, b) => Number(a.event_ts) - Number(b.event_ts));
    expect(events).toMatchObject([
      { channel_type: 'im', channel: 'D0ANA', text: 'help' },
      { subtype: 'file_share', files: [{ name: 'a.txt', size: 1 }] },
      { type: 'app_home_opened', tab: 'messages', channel: 'D0ANA' },
      { subteam_id: 'S0NETOPS', added_users: ['U0ANA'], removed_users: ['U0BO'] },
      { subteam: { id: 'S0NETOPS', users: ['U0ANA'] } },
    ]);
  });
});

describe('a connection', () => {
  it('is opened again by Bolt after Slack asked it to go', async () => {
    const slack = await connect(() => undefined);
    slack.faults.disconnectSockets('warning');
    const opened = () => slack.calls.filter(({ method }) => method === 'apps.connections.open').length;
    await slack.waitFor(() => opened() === 2 && slack.sockets() === 1);
  });

  it('is refused beyond ten, and to a ticket that was used', async () => {
    const slack = await startSimulatedSlack();
    for (let count = 1; count <= 10; count += 1) {
      const { frames } = await connectRaw(slack);
      expect(frames[0]).toMatchObject({ type: 'hello', num_connections: count });
    }
    const eleventh = await connectRaw(slack);
    expect(eleventh.frames[0]).toMatchObject({ type: 'disconnect', reason: 'too_many_websockets' });
    await expect(connectRaw(slack, eleventh.url)).rejects.toThrow('408');
    await slack.close();
  });

  it('gets each payload on one of its sockets', async () => {
    const slack = await startSimulatedSlack();
    const raws = [await connectRaw(slack), await connectRaw(slack)];
    for (const text of ['a', 'b', 'c', 'd']) await slack.as('U0ANA').say({ channel: 'C0OPS', text });
    const heard = () => raws.map(({ frames }) => frames.filter(({ type }) => type === 'events_api').length);
    await slack.waitFor(() => heard().join() === '2,2');
    await slack.close();
  });
});
