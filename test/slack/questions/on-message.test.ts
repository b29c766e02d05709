import { App, type Receiver } from '@slack/bolt';
import { describe, expect, it } from '@jest/globals';
import { quietLogger } from '../../support/quiet-logger.js';
import { onMessage } from '../../../src/slack/questions/on-message.js';

const BOT = 'U0BOT';

/** What Slack sends comes to Bolt by hand; one listener behind notes which events get as far as it. */
function openApp(ports: object = {}) {
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
  onMessage(app, ports as never);
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

/** No cluster, check or fix has a name. */
const named = {
  ...{ clusters: { names: [] }, config: { channels: {} }, checks: [], remediations: [] },
  ...{ catalogue: { get: () => undefined }, isOfTheField: () => false },
};

/** Everything is noted already, so that `once` does nothing; what was done all the same. */
function afterAnotherBot() {
  const done: string[] = [];
  const noting = (what: string) => async () => void done.push(what);
  const { bring } = openApp({
    ...{ heard: { once: async () => undefined }, queues: { question: noting('asked') } },
    ...{ exchanges: { topic: noting('looked') }, showWaiting: async () => undefined },
    ...named,
    readTalk: () => undefined,
  });
  return { bring, done };
}

describe('what another bot has heard', () => {
  const said = { type: 'message', user: 'U1', channel: 'C1', ts: '2.1', text: `<@${BOT}> why no route` };

  it.each<[string, object, readonly string[]]>([
    ['a question is put to the queue, which knows it', said, ['asked']],
    ['a reply is left alone, whatever its thread is about by now', { ...said, thread_ts: '1.1' }, []],
    ['a reply to somebody else is left alone too', { ...said, text: 'me too', thread_ts: '1.1' }, []],
    ['a command is left alone', { ...said, text: `<@${BOT}> help` }, []],
  ])('%s', async (_what, event, expected) => {
    const { bring, done } = afterAnotherBot();
    await bring(event);
    expect(done).toEqual(expected);
  });
});

describe('a fault', () => {
  it.each([undefined, '1.1'])(
    'is told and ends what was said, in thread %s: no other bot does it again',
    async (thread) => {
      const ends: string[] = [];
      const whispers: unknown[] = [];
      const { bring } = openApp({
        heard: {
          once: async (_id: string, work: () => Promise<void>) => {
            ends.push(
              await work().then(
                () => 'done',
                () => 'failed',
              ),
            );
          },
        },
        exchanges: { topic: async () => undefined },
        ...{ clusters: { names: [] }, config: { channels: {} }, checks: [], remediations: [] },
        ...{ catalogue: { get: () => undefined }, isOfTheField: () => false },
        // Who approves is looked up, which cannot be done here.
        readTalk: () => 'approve',
        poster: { whisper: async (at: unknown) => void whispers.push(at) },
        logger: quietLogger(),
      });
      await bring({
        type: 'app_mention',
        user: 'U1',
        channel: 'C1',
        ts: '2.1',
        text: `<@${BOT}> hm`,
        thread_ts: thread,
      });
      expect(ends).toEqual(['done']);
      expect(whispers).toHaveLength(1);
    },
  );

  it.each([undefined, '1.1'])('in putting a question to the queue is told, in thread %s', async (thread) => {
    const whispers: unknown[] = [];
    const { bring } = openApp({
      heard: { once: (_id: string, work: () => Promise<void>) => work() },
      queues: { question: () => Promise.reject(new Error('Redis is away')) },
      exchanges: { topic: async () => undefined },
      ...named,
      readTalk: () => undefined,
      poster: { whisper: async (at: unknown) => void whispers.push(at) },
      logger: quietLogger(),
    });
    const text = `<@${BOT}> why no route`;
    await bring({ type: 'app_mention', user: 'U1', channel: 'C1', ts: '2.1', text, thread_ts: thread });
    expect(whispers).toHaveLength(1);
  });
});
