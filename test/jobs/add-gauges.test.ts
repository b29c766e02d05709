import { afterEach, expect, it } from '@jest/globals';
import { Registry } from 'prom-client';
import { addGauges } from '../../src/jobs/add-gauges.ts';
import type { Proposal } from '../../src/proposals/proposal.ts';
import { redisForTest } from '../support/redis-for-test.ts';
import { checkRequest, openQueues, question } from './sample-jobs.ts';

const { connect, newPrefix } = redisForTest();
const redis = connect();
const cleanUps: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

type Open = () => Promise<readonly Pick<Proposal, 'state'>[]>;

function scrapeOf(open: Open, lateMs = 0) {
  const queues = openQueues(redis, newPrefix());
  cleanUps.push(() => queues.close());
  const registry = new Registry();
  const now = () => new Date(Date.now() + lateMs);
  addGauges({ registry, queues: queues.queues, store: { open: open as () => Promise<Proposal[]> }, now });
  return { queues, scrape: () => registry.metrics() };
}

const sampleOf = (text: string, series: string): number =>
  Number(
    text
      .split('\n')
      .find((line) => line.startsWith(`${series} `))
      ?.slice(series.length + 1),
  );

it('tell what waits in each queue, for how long the oldest, and how many fixes are open in each state', async () => {
  const states = ['proposed', 'proposed', 'applying'] as const;
  const { queues, scrape } = scrapeOf(async () => states.map((state) => ({ state })), 90_000);
  await queues.check({ ...checkRequest, checks: ['a'] });
  await queues.check({ ...checkRequest, checks: ['b'] });
  await queues.question(question);
  const text = await scrape();
  expect(sampleOf(text, 'acknet_queue_jobs{queue="checks",state="waiting"}')).toBe(2);
  expect(sampleOf(text, 'acknet_queue_jobs{queue="fixes",state="waiting"}')).toBe(0);
  expect(sampleOf(text, 'acknet_queue_oldest_seconds{queue="checks"}')).toBeGreaterThanOrEqual(90);
  expect(sampleOf(text, 'acknet_queue_oldest_seconds{queue="fixes"}')).toBe(0);
  expect(sampleOf(text, 'acknet_open_proposals{state="proposed"}')).toBe(2);
  expect(sampleOf(text, 'acknet_open_proposals{state="applying"}')).toBe(1);
});

it('take the age of the oldest job, not of the newest', async () => {
  const { queues, scrape } = scrapeOf(async () => []);
  const checks = queues.queues.find(({ name }) => name === 'checks');
  for (const [at, age] of [50, 500, 5].entries())
    await checks?.add('check', {}, { jobId: `old-${at}`, timestamp: Date.now() - age * 1000 });
  // The order of the queue, not of the ages: the first added is served first.
  expect(sampleOf(await scrape(), 'acknet_queue_oldest_seconds{queue="checks"}')).toBeGreaterThanOrEqual(50);
  expect(sampleOf(await scrape(), 'acknet_queue_oldest_seconds{queue="checks"}')).toBeLessThan(400);
});

it('leave out what Redis does not tell, and tell the rest', async () => {
  const { scrape } = scrapeOf(() => Promise.reject(new Error('away')));
  const text = await scrape();
  expect(text).not.toContain('acknet_open_proposals{');
  expect(text).toContain('acknet_queue_jobs{queue="checks",state="waiting"} 0');
});
