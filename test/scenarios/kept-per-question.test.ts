import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Redis } from 'ioredis';
import { grownBy, keptBytes, shortPrefix, sumOf } from '../support/kept-bytes.js';
import { redisForTest } from '../support/redis-for-test.js';
import { type Sandbox, startSandbox } from '../support/start-sandbox.js';
import { waitFor } from '../support/wait-for.js';

const { connect } = redisForTest();
let redis: Redis;
let sandbox: Sandbox;
beforeAll(async () => {
  redis = connect();
  sandbox = await startSandbox({ prefix: shortPrefix() });
});
afterAll(() => sandbox.close());

/** Asked anew each time, so that each is a message of its own. */
const questions = [
  'nodes went NotReady after we bumped the flannel image by hand',
  'how do I add a vSwitch for the pods of our Terway cluster, they get no addresses any more',
  'when is the next train to Delft',
  'kube-proxy uses too much conntrack memory on the workers',
];

/** 1,000 questions are to leave 5 MB at most. */
const BYTES_A_QUESTION = 5000;

const quiet = () =>
  waitFor('nothing is under way', async () => {
    const [app] = sandbox.apps;
    return Object.values((await app?.queues.counts()) ?? {}).every(
      ({ waiting, active }) => waiting + active === 0,
    );
  });

async function ask(count: number): Promise<void> {
  for (let asked = 0; asked < count; asked += 1) {
    const text = `@acknet ${questions[asked % questions.length]}, ${asked}`;
    const { ts } = await sandbox.ana.say({ channel: 'C0OPS', text });
    await waitFor('it is answered', () =>
      sandbox.slack
        .messages({ channel: 'C0OPS' })
        .some((message) => message.thread_ts === ts && message.ts !== ts && message.user !== 'U0ANA'),
    );
  }
  await quiet();
}

describe('a question', () => {
  it('leaves at most 5 KB in Redis, its job of a day with it', async () => {
    await ask(4);
    const before = await keptBytes(redis, sandbox.prefix);
    await ask(20);
    const left = grownBy(before, await keptBytes(redis, sandbox.prefix), 20);
    expect(sumOf(left)).toBeLessThan(BYTES_A_QUESTION);
  });
});
