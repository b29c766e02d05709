import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { createTrail } from '../../../src/ops/trail.js';
import { buildMentionRehearsal } from '../../../src/wiring/rehearsal/build-mention-rehearsal.js';
import { redisForTest } from '../../support/redis-for-test.js';

const { connect, newPrefix } = redisForTest();
const refused = () => {
  throw new Error('asked for nobody');
};

/** Whatever acts, counts or tells refuses. */
function setUp(phrasings: readonly string[]) {
  const redis = connect();
  const prefix = newPrefix();
  const read: string[] = [];
  const core = {
    catalogue: { all: phrasings.map((text) => ({ id: text, ask: [text] })) },
    config: { slack: { apiUrl: 'http://127.0.0.1:1/api/' }, channels: {}, clusters: {} },
    ...{ clusters: { names: ['cluster-x'] }, checks: [], remediations: [], trail: createTrail() },
    readTalk: (text: string) => void read.push(text),
    isOfTheField: () => false,
    ...{ queues: { question: refused }, poster: { say: refused, post: refused, whisper: refused } },
    ...{ client: { apiCall: refused }, approvals: { allows: refused, maySee: refused }, newId: randomUUID },
  };
  const ports = { redis, now: () => new Date(), newId: randomUUID };
  const rehearse = buildMentionRehearsal(core as never, { ports, tuning: { prefix } } as never);
  return { redis, prefix, read, rehearse };
}

describe('a bot that runs itself in', () => {
  it('takes each entry’s own phrasings as mentions, and leaves no job', async () => {
    const phrasings = Array.from({ length: 30 }, (_, at) => `why is pod ${at} unreachable`);
    const { redis, prefix, read, rehearse } = setUp(phrasings);
    expect(await rehearse(new AbortController().signal)).toBe(phrasings.length);
    expect(read.sort()).toEqual([...phrasings].sort());
    expect(await redis.keys(`${prefix}*`)).toEqual([]);
  });

  it('runs no command, whatever a phrasing reads like', async () => {
    const { redis, prefix, read, rehearse } = setUp(['check cluster-x', 'what is wrong']);
    expect(await rehearse(new AbortController().signal)).toBe(1);
    expect(read).toEqual(['what is wrong']);
    expect(await redis.keys(`${prefix}*`)).toEqual([]);
  });

  it('does nothing once it is to stop', async () => {
    const { redis, prefix, read, rehearse } = setUp(['what is wrong']);
    await rehearse(AbortSignal.abort());
    expect(read).toEqual([]);
    expect(await redis.keys(`${prefix}*`)).toEqual([]);
  });
});
