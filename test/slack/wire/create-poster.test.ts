import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SlackSimulator } from '../../../sandbox/slack/slack-simulator.js';
import { section } from '../../../src/slack/kit/blocks.js';
import { createClients } from '../../../src/slack/wire/create-clients.js';
import { createPoster, type Poster } from '../../../src/slack/wire/create-poster.js';
import { createSendFolded } from '../../../src/slack/wire/posts/send-folded.js';
import { quietLogger } from '../../support/quiet-logger.js';
import { redisForTest } from '../../support/redis-for-test.js';
import { startSimulatedSlack } from '../../support/start-simulated-slack.js';

const redisOf = redisForTest();
let slack: SlackSimulator;
beforeAll(async () => {
  slack = await startSimulatedSlack();
});
afterAll(() => slack.close());

function stand(prefix = redisOf.newPrefix()) {
  const redis = redisOf.connect();
  const logger = quietLogger();
  const { posts, replies } = createClients({ token: slack.botToken, apiUrl: slack.apiUrl, logger });
  const poster = createPoster({
    posts,
    replies,
    sendFolded: createSendFolded({ logger }),
    redis,
    prefix,
    now: () => new Date(),
    newId: randomUUID,
    lookAfterMs: 1,
  });
  return { redis, prefix, poster, logger };
}

const message = (text: string) => ({ text, blocks: [section(text)] });
const said = (text: string) => slack.messages({ channel: 'C0OPS' }).filter((entry) => entry.text === text);
const post = (poster: Poster, key: string) => poster.post(key, { channel: 'C0OPS' }, message(key));

describe('a post', () => {
  it('is made once, however often it is asked for, by whichever process', async () => {
    const one = stand();
    const other = stand(one.prefix);
    const first = await post(one.poster, 'once');
    expect(await post(other.poster, 'once')).toEqual(first);
    expect(await other.poster.find('once')).toEqual(first);
    expect(said('once')).toHaveLength(1);
  });

  it('of a process that died before it could remember is found in Slack, not made again', async () => {
    const one = stand();
    const first = await post(one.poster, 'forgotten');
    await one.redis.set(`${one.prefix}:posted:forgotten`, 'begun');
    expect(await post(stand(one.prefix).poster, 'forgotten')).toEqual(first);
    expect(said('forgotten')).toHaveLength(1);
  });

  it('of a process that died before it reached Slack is made now', async () => {
    const { redis, prefix, poster } = stand();
    await redis.set(`${prefix}:posted:never-sent`, 'begun');
    await post(poster, 'never-sent');
    expect(said('never-sent')).toHaveLength(1);
  });

  it('to a person is looked for in their direct messages', async () => {
    const one = stand();
    const at = await one.poster.post('in-person', { channel: 'U0ANA' }, message('in person'));
    expect(at.channel).toBe(slack.dmOf('U0ANA'));
    await one.redis.set(`${one.prefix}:posted:in-person`, 'begun');
    expect(await one.poster.post('in-person', { channel: 'U0ANA' }, message('in person'))).toEqual(at);
    expect(slack.messages({ channel: at.channel }).map(({ text }) => text)).toEqual(['in person']);
  });

  it('asked for by two processes in the same moment is made once', async () => {
    const one = stand();
    const other = stand(one.prefix);
    const undo = slack.faults.onMethod('chat.postMessage', { delayMs: 50 });
    const both = await Promise.all([post(one.poster, 'together'), post(other.poster, 'together')]);
    undo();
    expect(both[0]).toEqual(both[1]);
    expect(said('together')).toHaveLength(1);
  });

  it.each([
    ['answer was lost', { loseAnswer: true }],
    ['server failed', { status: 503 }],
    ['server was at fault', { error: 'internal_error' }],
  ])('whose %s stands there once', async (title, fault) => {
    const undo = slack.faults.onMethod('chat.postMessage', { ...fault, times: 1 });
    await post(stand().poster, title);
    undo();
    expect(said(title)).toHaveLength(1);
  });

  it('whose every answer is lost stands there once, also for whoever tries it later', async () => {
    const { prefix, poster } = stand();
    const undo = slack.faults.onMethod('chat.postMessage', { loseAnswer: true });
    await post(poster, 'unheard');
    undo();
    await post(stand(prefix).poster, 'unheard');
    expect(said('unheard')).toHaveLength(1);
  });

  it('is found below everything that was said since', async () => {
    const { redis, prefix, poster } = stand();
    const root = await post(poster, 'long thread');
    const place = { channel: 'C0OPS', threadTs: root.ts };
    for (let n = 0; n < 210; n += 1) slack.postAsApp({ ...place, username: 'ticker', text: `tick ${n}` });
    const at = await poster.post('last', place, message('last'));
    await redis.set(`${prefix}:posted:last`, `begun:${Date.now()}`);
    expect(await poster.post('last', place, message('last'))).toEqual(at);
  });

  it('waits out a rate limit', async () => {
    const undo = slack.faults.onMethod('chat.postMessage', { retryAfterSeconds: 1, times: 1 });
    await post(stand().poster, 'limited');
    undo();
    expect(said('limited')).toHaveLength(1);
  });

  it('where acknet is no member is refused for good, and says what to do', async () => {
    const { poster } = stand();
    await expect(poster.post('secret', { channel: 'C0SECRET' }, message('x'))).rejects.toMatchObject({
      code: 'slack.rejected',
      retry: false,
      hint: expect.stringContaining('/invite'),
    });
  });

  it('that Slack could not take just now may be tried again', async () => {
    const { poster } = stand();
    const undo = slack.faults.onMethod('chat.postMessage', { error: 'internal_error' });
    await expect(post(poster, 'later')).rejects.toMatchObject({ code: 'slack.failed', retry: true });
    undo();
    await post(poster, 'later');
    expect(said('later')).toHaveLength(1);
  });
});

describe('what follows a post', () => {
  it('is posted piece by piece, each once, files too', async () => {
    const { poster } = stand();
    const root = await post(poster, 'root');
    const place = { channel: 'C0OPS', threadTs: root.ts };
    const rest = {
      more: [message('part one'), message('part two')],
      files: [{ name: 'log.txt', title: 'Log', content: 'a long log' }],
    };
    await poster.follow('root', place, rest);
    await poster.follow('root', place, rest);
    const thread = slack.messages({ channel: 'C0OPS', threadTs: root.ts });
    expect(thread.map(({ text }) => text).filter((text) => text.startsWith('part'))).toEqual([
      'part one',
      'part two',
    ]);
    const files = thread.flatMap(({ files: shared = [] }) => shared);
    expect(files.map(({ name, content }) => ({ name, content }))).toEqual([
      { name: 'log.txt', content: 'a long log' },
    ]);
  });
});

describe('a file that Slack could not take', () => {
  it('is sent by the next attempt, not lost', async () => {
    const { poster } = stand();
    const root = await post(poster, 'root-of-file');
    const place = { channel: 'C0OPS', threadTs: root.ts };
    const rest = { more: [], files: [{ name: 'change.diff', title: 'Diff', content: '+ a line' }] };
    const undo = slack.faults.onMethod('files.getUploadURLExternal', { error: 'internal_error' });
    await expect(poster.follow('diff', place, rest)).rejects.toMatchObject({ code: 'slack.failed' });
    undo();
    await poster.follow('diff', place, rest);
    await poster.follow('diff', place, rest);
    const files = slack
      .messages({ channel: 'C0OPS', threadTs: root.ts })
      .flatMap((entry) => entry.files ?? []);
    expect(files.map(({ content }) => content)).toEqual(['+ a line']);
  });

  it('and whose answer was lost is not sent again', async () => {
    const { poster } = stand();
    const root = await post(poster, 'root-of-lost-file');
    const place = { channel: 'C0OPS', threadTs: root.ts };
    const rest = { more: [], files: [{ name: 'lost.diff', title: 'Diff', content: '+ a line' }] };
    const undo = slack.faults.onMethod('files.completeUploadExternal', { loseAnswer: true });
    await expect(poster.follow('lost', place, rest)).rejects.toMatchObject({ code: 'slack.failed' });
    undo();
    await poster.follow('lost', place, rest);
    const files = slack.messages({ channel: 'C0OPS', threadTs: root.ts }).flatMap(({ files = [] }) => files);
    expect(files).toHaveLength(1);
  });
});

describe('an edit', () => {
  it('of a message that is gone says so', async () => {
    const { poster } = stand();
    expect(await poster.update({ channel: 'C0OPS', ts: '1.000001' }, message('x'))).toBe(false);
  });
});
