import { describe, expect, it } from '@jest/globals';
import { Queue } from 'bullmq';
import { keepSweepScheduled } from '../../../src/jobs/fix/keep-sweep-scheduled.js';
import { quietLogger } from '../../support/quiet-logger.js';
import { redisForTest } from '../../support/redis-for-test.js';
import { waitFor } from '../../support/wait-for.js';

const { connect, newPrefix } = redisForTest();
const connection = connect();

async function stand() {
  const prefix = newPrefix();
  const sweeps = await keepSweepScheduled({ connection, prefix, everyMs: 50, logger: quietLogger() });
  const cards = new Queue('cards', { connection, prefix });
  const isScheduled = async () => (await cards.getJobScheduler('sweep')) !== undefined;
  const empty = async () => void (await connection.del(...(await connection.keys(`${prefix}*`))));
  const close = async () => {
    await sweeps.stop();
    await cards.close();
  };
  return { isScheduled, empty, cards, close };
}

describe('the schedule of the sweeps', () => {
  it('is made again, with a sweep at once, where Redis came back empty', async () => {
    const { isScheduled, empty, cards, close } = await stand();
    expect(await isScheduled()).toBe(true);
    await empty();
    await waitFor('the schedule is there again', isScheduled);
    await waitFor('a sweep waits', async () => (await cards.getJobs(['waiting', 'delayed'])).length > 0);
    await close();
  });
});
