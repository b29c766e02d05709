import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { SlackSimulator } from '../../../sandbox/slack/slack-simulator.js';
import { section } from '../../../src/slack/kit/blocks.js';
import { folds } from '../../../src/slack/kit/fold.js';
import type { KnownBlock, SlackMessage } from '../../../src/slack/kit/message.js';
import { createClients } from '../../../src/slack/wire/create-clients.js';
import { createPoster } from '../../../src/slack/wire/create-poster.js';
import { createSendFolded } from '../../../src/slack/wire/posts/send-folded.js';
import { quietLogger } from '../../support/quiet-logger.js';
import { redisForTest } from '../../support/redis-for-test.js';
import { startSimulatedSlack } from '../../support/start-simulated-slack.js';

const redisOf = redisForTest();
let slack: SlackSimulator;
beforeAll(async () => {
  slack = await startSimulatedSlack();
});
afterEach(() => slack.faults.clear());
afterAll(() => slack.close());

function stand() {
  const logger = quietLogger();
  const { posts, replies } = createClients({ token: slack.botToken, apiUrl: slack.apiUrl, logger });
  const keyed = { redis: redisOf.connect(), prefix: redisOf.newPrefix(), now: () => new Date() };
  const sendFolded = createSendFolded({ logger });
  return { poster: createPoster({ ...keyed, posts, replies, sendFolded, newId: randomUUID }), logger };
}

const folded = (text: string, plain?: KnownBlock[]): SlackMessage => ({
  ...{ text, plain },
  blocks: [section(text), ...folds('2 more', [section('third'), section('fourth')])],
});
const said = (text: string) => slack.messages({ channel: 'C0OPS' }).find((message) => message.text === text);
const typesOf = (text: string) => said(text)?.blocks?.map(({ type }) => type);
const callsOf = (text: string) => slack.calls.filter(({ args }) => args.text === text).length;
const place = { channel: 'C0OPS' };

describe('a message with folds', () => {
  it('is sent as it is where Slack takes them', async () => {
    const { poster } = stand();
    await poster.say(place, folded('taken'));
    expect(typesOf('taken')).toEqual(['section', 'container']);
    expect(callsOf('taken')).toBe(1);
  });

  it('goes in its plain form where Slack refuses them, is not tried again, and that is said once', async () => {
    slack.faults.refuseBlocks('container');
    const { poster, logger } = stand();
    const at = await poster.say(place, folded('first', [section('in plain words')]));
    expect(said('first')?.blocks).toEqual(
      [section('in plain words')].map((block) => expect.objectContaining(block)),
    );
    expect(callsOf('first')).toBe(2);

    await poster.say(place, folded('second'));
    expect(typesOf('second')).toEqual(['section', 'section', 'section', 'section']);
    expect(await poster.update(at, folded('edited'))).toBe(true);
    expect([callsOf('second'), callsOf('edited')]).toEqual([1, 1]);
    expect(logger.lines.filter(({ message }) => message.includes('takes no container'))).toHaveLength(1);
  });

  it('an edit of one is refused and shown in its plain form too', async () => {
    const { poster } = stand();
    const at = await poster.say(place, { text: 'before', blocks: [section('before')] });
    slack.faults.refuseBlocks('container');
    expect(await poster.update(at, folded('after'))).toBe(true);
    expect(typesOf('after')).toEqual(['section', 'section', 'section', 'section']);
  });

  it('whose other blocks are at fault fails, and folds are tried again', async () => {
    const { poster, logger } = stand();
    const broken = folded('broken');
    const bad = { ...broken, blocks: [...broken.blocks, { type: 'nonsense' } as unknown as KnownBlock] };
    await expect(poster.say(place, bad)).rejects.toMatchObject({ code: 'slack.rejected' });
    await poster.say(place, folded('whole'));
    expect(typesOf('whole')).toEqual(['section', 'container']);
    expect(logger.lines.filter(({ level }) => level === 'warn')).toEqual([]);
  });

  it('is never folded for one person alone, where nothing could be posted instead', async () => {
    const { poster } = stand();
    await poster.whisper({ ...place, user: 'U0ANA' }, folded('whispered'));
    const [message] = slack.messages({ ...place, as: 'U0ANA' }).filter(({ text }) => text === 'whispered');
    expect(message?.blocks?.map(({ type }) => type)).not.toContain('container');
  });

  it('holds more blocks than one container takes in several', () => {
    const many = folds(
      'Nodes',
      Array.from({ length: 23 }, (_, n) => section(`node ${n}`)),
    );
    expect(many.map(({ title, child_blocks }) => [title?.text, child_blocks.length])).toEqual([
      ['Nodes', 10],
      ['Nodes (2 of 3)', 10],
      ['Nodes (3 of 3)', 3],
    ]);
  });
});
