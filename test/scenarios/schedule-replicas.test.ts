import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Queue } from 'bullmq';
import { redisForTest } from '../support/redis-for-test.js';
import { type Sandbox, startSandbox } from '../support/start-sandbox.js';
import { waitFor } from '../support/wait-for.js';

const redis = redisForTest();
let sandbox: Sandbox;
let schedules: Queue;
let fleets: Queue;

/** Two bots and two workers, and what one of them was told to check, each time to be posted. */
beforeEach(async () => {
  sandbox = await startSandbox({ clusters: { 'cluster-x': 'flannel-healthy' }, replicas: 2 });
  const own = { connection: redis.connect(), prefix: sandbox.prefix };
  schedules = new Queue('schedules', own);
  fleets = new Queue('fleets', own);
  await sandbox.ana.command({ channel: 'C0OPS', text: '/acknet schedule cluster-x every 6h --always' });
  await waitFor('the first run is told', async () => (await told()) === 1);
});
afterEach(async () => {
  await schedules.close();
  await fleets.close();
  await sandbox.close();
});

const told = async (): Promise<number> =>
  (await fleets.getCompleted()).filter(({ name }) => name === 'tell').length;
const results = () =>
  sandbox.slack.messages({ channel: 'C0OPS' }).filter(({ text }) => /no problem found/.test(text));
/** By all workers, told of or not. */
const begun = () => sandbox.log.lines.filter(({ message }) => message === 'a scheduled check begins').length;

/** The one run that waits in Redis. */
const waiting = () =>
  waitFor('the next run waits', async () => {
    const [run, ...others] = await schedules.getDelayed();
    expect(others).toEqual([]);
    return run;
  });
async function fallDue(): Promise<void> {
  const before = await told();
  await (await waiting()).promote();
  await waitFor('the run is told', async () => (await told()) > before);
}

describe('a schedule that somebody typed', () => {
  it('is run and told once each time, though two workers wait for it', async () => {
    await fallDue();
    await fallDue();
    await waiting();
    expect([begun(), await told(), results().length]).toEqual([3, 3, 3]);
  });

  it('survives that all of acknet is started again: it runs when it would have, not at once, and once', async () => {
    const before = await waiting();
    for (const { bot, worker } of sandbox.apps) {
      await bot.stop(500);
      await worker.stop(500);
    }
    for (const _replica of ['one', 'another']) {
      const { bot, worker } = sandbox.build();
      await worker.start();
      await bot.start();
    }
    const after = await waiting();
    expect([after.id, begun()]).toEqual([before.id, 1]);
    expect(await schedules.getJobSchedulersCount()).toBe(1);

    await fallDue();
    await waiting();
    expect([begun(), await told(), results().length]).toEqual([2, 2, 2]);
  });
});
