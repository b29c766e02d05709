import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Redis } from 'ioredis';
import type { Queues } from '../../src/jobs/queues/queues.js';
import { BYTES_A_CHECK, grownBy, keptBytes, shortPrefix, sumOf } from '../support/kept-bytes.js';
import { actionsOf } from '../support/read-message.js';
import { redisForTest } from '../support/redis-for-test.js';
import { type Sandbox, startSandbox } from '../support/start-sandbox.js';
import { waitFor } from '../support/wait-for.js';

const { connect } = redisForTest();
let redis: Redis;
let sandbox: Sandbox;
beforeAll(async () => {
  redis = connect();
  const clusters = { healthy: 'flannel-healthy', broken: 'terway-exhausted' };
  sandbox = await startSandbox({ clusters, prefix: shortPrefix() });
});
afterAll(() => sandbox.close());

const queues = (): Queues => {
  const [app] = sandbox.apps;
  if (app === undefined) throw new TypeError('no app');
  return app.queues;
};

async function check(cluster: string): Promise<void> {
  const request = { cluster, checks: [], scope: { namespaces: [] }, channel: 'C0OPS' };
  const { runId } = await queues().check({ ...request, requestedBy: { user: 'U0ANA', team: 'T0ACK' } });
  const jobs = queues().queues.find(({ name }) => name === 'checks');
  await waitFor('the check has ended', async () => {
    const job = await jobs?.getJob(`check-${runId}`);
    return job === undefined || job.finishedOn !== undefined;
  });
}

/** What is posted after a result is on its way yet. */
const quiet = () =>
  waitFor('nothing is under way', async () =>
    Object.values(await queues().counts()).every(({ waiting, active }) => waiting + active === 0),
  );

async function grown(cluster: string, checks: number): Promise<ReadonlyMap<string, number>> {
  for (let warm = 0; warm < 2; warm += 1) await check(cluster);
  await quiet();
  const before = await keptBytes(redis, sandbox.prefix);
  for (let done = 0; done < checks; done += 1) await check(cluster);
  await quiet();
  return grownBy(before, await keptBytes(redis, sandbox.prefix), checks);
}

/** Jobs and their events are kept up to a number: test/jobs/create-queues.test.ts holds it. */
const lasting = (all: ReadonlyMap<string, number>) =>
  new Map([...all].filter(([kind]) => !/^(checks|cards|homes|fixes|fleets|questions)\b/.test(kind)));

describe('a check of a cluster whose state does not change', () => {
  it.each([
    ['healthy', 'without a fix'],
    ['broken', 'with two fixes on offer each time'],
  ])(
    'leaves at most 5 KB in Redis: %s, %s',
    async (cluster) => {
      const left = lasting(await grown(cluster, 6));
      expect(sumOf(left)).toBeLessThan(BYTES_A_CHECK - 1000);
      // The same card stands below each result, and what acknet itself posted is not noted as heard.
      for (const kind of ['proposal', 'proposals', 'audit', 'heard']) expect(left.has(kind)).toBe(false);
    },
    240_000,
  );
});

describe('a fix that is found again', () => {
  it('has one card with buttons, below the newest result, and can be decided there', async () => {
    const cards = () =>
      sandbox.slack.messages({ channel: 'C0OPS' }).filter(({ text }) => /^Fix for/.test(text));
    const waiting = () => cards().filter((card) => actionsOf(card).includes('proposal_approve'));
    await waitFor('the earlier cards are replaced', () => waiting().length === 2);
    const results = sandbox.slack
      .messages({ channel: 'C0OPS' })
      .filter(({ text }) => /^broken: \d/.test(text));
    const newest = results.filter(({ thread_ts, ts }) => thread_ts === undefined || thread_ts === ts).at(-1);
    expect(waiting().map(({ thread_ts }) => thread_ts)).toEqual([newest?.ts, newest?.ts]);
    const [card] = waiting();
    const left = cards().filter(({ ts }) => !waiting().some((other) => other.ts === ts));
    expect(left.length).toBeGreaterThan(10);
    for (const { text } of left) expect(text).toMatch(/planned or checked anew since/);
    await sandbox.bo.click({ channel: 'C0OPS', ts: card?.ts ?? '', actionId: 'proposal_reject' });
    const form = await sandbox.slack.waitFor(() => sandbox.slack.state('U0BO').views[0]);
    await sandbox.bo.submit({ viewId: form.id, values: { reason: { text: 'not today' } } });
    await waitFor('it is decided where it stands', () =>
      cards().some(({ ts, text }) => ts === card?.ts && /Rejected/.test(text)),
    );
  });
});
