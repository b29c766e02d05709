import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Queue } from 'bullmq';
import { patience } from '../support/patience.js';
import { plainText } from '../support/read-message.js';
import { redisForTest } from '../support/redis-for-test.js';
import { type Sandbox, startSandbox } from '../support/start-sandbox.js';
import { waitFor } from '../support/wait-for.js';

const redis = redisForTest();
let sandbox: Sandbox;
let schedules: Queue;
let fleets: Queue;

/** Two bots and two workers; a schedule of acknet.yaml over all clusters. */
beforeAll(async () => {
  sandbox = await startSandbox({
    clusters: { old: 'flannel-broken', fresh: 'flannel-healthy', dark: 'flannel-healthy' },
    requestTimeoutMs: patience(500),
    replicas: 2,
    file: { schedules: { morning: { cluster: 'all', when: 'daily 09:00 Asia/Shanghai', channel: 'C0OPS' } } },
  });
  simulator('dark').faults.add({ effect: { kind: 'status', status: 503 }, times: Number.POSITIVE_INFINITY });
  const own = { connection: redis.connect(), prefix: sandbox.prefix };
  schedules = new Queue('schedules', own);
  fleets = new Queue('fleets', own);
});
afterAll(async () => {
  await schedules.close();
  await fleets.close();
  await sandbox.close();
});

function simulator(name: string) {
  const found = sandbox.world.clusters.get(name);
  if (found === undefined) throw new TypeError(`no ${name}`);
  return found;
}
const told = async () => (await fleets.getCompleted()).filter(({ name }) => name === 'tell').length;
async function fallDue(): Promise<void> {
  const before = await told();
  const [due] = await waitFor('the next run waits', async () => {
    const waiting = await schedules.getDelayed();
    return waiting.length > 0 ? waiting : undefined;
  });
  await due?.promote();
  await waitFor('the run is told', async () => (await told()) > before);
}
const posts = () =>
  sandbox.slack
    .messages({ channel: 'C0OPS' })
    .filter(({ bot_id, thread_ts, ts }) => bot_id !== undefined && (thread_ts ?? ts) === ts);

describe('a schedule of acknet.yaml over all clusters', () => {
  it('is entered once by two workers, for nine in the morning in Shanghai', async () => {
    const [entered, ...others] = await schedules.getJobSchedulers();
    expect(others).toEqual([]);
    expect(entered).toMatchObject({ pattern: '0 9 * * *', tz: 'Asia/Shanghai' });
    expect(new Date(entered?.next ?? 0).toISOString()).toMatch(/T01:00:00/);
  });

  it('is one message: causes on top, unreadable clusters named, the healthy in one line', async () => {
    await fallDue();
    const digest = await sandbox.message(
      /^First scheduled check: \d causes? on 1 of 3 clusters, 1 cluster could not be read/,
    );
    const text = plainText(digest);
    expect(text.indexOf('*old*')).toBeLessThan(text.indexOf('*dark*'));
    expect(text).toMatch(/Flannel’s config lacks cniVersion/);
    expect(text).toMatch(/\*dark\* · could not be read: /);
    expect(text).toMatch(/1 healthy: fresh/);
    expect(posts()).toHaveLength(1);
  });

  it('opens the whole check of a cluster in the thread', async () => {
    const [digest] = posts();
    await sandbox.ana.click({ channel: 'C0OPS', ts: digest?.ts ?? '', actionId: 'fleet_open' });
    await sandbox.message(/^old: \d+ cause/, { threadTs: digest?.ts ?? '' });
  });

  it('posts once what changed, and nothing where nothing did, though two workers run', async () => {
    simulator('dark').faults.clear();
    await fallDue();
    const change = await sandbox.message(/^\d still there/);
    expect(plainText(change)).toMatch(/Readable again: dark/);
    expect(posts()).toHaveLength(2);
    await fallDue();
    expect(posts()).toHaveLength(2);
  });

  it('is not ended by what is typed', async () => {
    await sandbox.ana.command({ channel: 'C0OPS', text: '/acknet unschedule all' });
    const no = await sandbox.message(/^acknet.yaml schedules that here already, as morning/, { as: 'U0ANA' });
    expect(plainText(no)).toContain('is changed there');
    expect(await schedules.getJobSchedulersCount()).toBe(1);
  });

  it('is made again by a worker where Redis came back empty, and begins anew', async () => {
    const keys = await redis.connect().keys(`${sandbox.prefix}*`);
    await redis.connect().del(...keys);
    await waitFor('it is entered', async () => (await schedules.getJobSchedulersCount()) === 1);
  });
});
