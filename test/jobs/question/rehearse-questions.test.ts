import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { createQuestionHandler } from '../../../src/jobs/question/run-question-job.ts';
import { noteRehearsal, openRehearsalQueue } from '../../../src/jobs/question/rehearsal-queues.ts';
import { rehearseQuestions } from '../../../src/jobs/question/rehearse-questions.ts';
import type { QuestionJob } from '../../../src/jobs/queues/payloads.ts';
import { defaultWorkerLimits } from '../../../src/jobs/workers/worker-limits.ts';
import { createTrail } from '../../../src/ops/trail.ts';
import { quietLogger } from '../../support/quiet-logger.ts';
import { redisForTest } from '../../support/redis-for-test.ts';
import { question } from '../sample-jobs.ts';

const { connect, newPrefix } = redisForTest();
const now = new Date('2026-11-30T10:00:00Z');

function setUp(answer: (job: QuestionJob) => Promise<void>, prefix = newPrefix()) {
  const redis = connect();
  const stop = new AbortController();
  const logger = quietLogger();
  const jobs = Array.from({ length: 40 }, (_, at) => ({ ...question, ts: `1.${at}` }));
  const rehearse = () =>
    rehearseQuestions({
      connection: redis,
      prefix,
      newId: randomUUID,
      now: () => now,
      limits: defaultWorkerLimits,
      logger,
      metrics: { jobs: { inc: () => undefined } },
      trail: createTrail(),
      jobs,
      handler: createQuestionHandler({ responder: { answer } }),
      signal: stop.signal,
    });
  return { redis, prefix, stop, logger, jobs, rehearse };
}

describe('a rehearsal', () => {
  it('answers each question once, through a queue, and leaves nothing behind', async () => {
    const answered: string[] = [];
    const { redis, prefix, jobs, logger, rehearse } = setUp(async ({ ts }) => void answered.push(ts));
    await rehearse();
    expect(answered.sort()).toEqual(jobs.map(({ ts }) => ts).sort());
    expect(await redis.keys(`${prefix}*`)).toEqual([]);
    expect(logger.lines).toEqual([]);
  });

  it('answers its own questions alone where another worker rehearses on the same Redis', async () => {
    const prefix = newPrefix();
    const answered = { one: [] as string[], other: [] as string[] };
    const one = setUp(async ({ ts }) => void answered.one.push(ts), prefix);
    const other = setUp(async ({ ts }) => void answered.other.push(ts), prefix);
    await Promise.all([one.rehearse(), other.rehearse()]);
    const all = one.jobs.map(({ ts }) => ts).sort();
    expect([answered.one.sort(), answered.other.sort()]).toEqual([all, all]);
    expect(await one.redis.keys(`${prefix}*`)).toEqual([]);
  });

  it('ends when it is to stop, and what hangs does not keep it', async () => {
    const { redis, prefix, stop, rehearse } = setUp(async () => {
      stop.abort();
      await new Promise(() => undefined);
    });
    await rehearse();
    expect(stop.signal.aborted).toBe(true);
    expect(await redis.keys(`${prefix}*`)).toEqual([]);
  });

  it.each([
    ['clears what a killed worker left a while ago', { agoMs: 61_000, left: 0 }],
    ['leaves one that is under way alone', { agoMs: 1000, left: 1 }],
  ])('%s', async (_name, { agoMs, left }) => {
    const { redis, prefix, rehearse } = setUp(async () => undefined);
    const place = { connection: redis, prefix, now: () => new Date(now.getTime() - agoMs) };
    const other = openRehearsalQueue(place, 'other');
    await noteRehearsal(place, 'other');
    await other.add('question', question);
    await other.close();
    await rehearse();
    const keys = await redis.keys(`${prefix}:other:*`);
    expect(keys.length > 0).toBe(left > 0);
    expect(await redis.zcard(`${prefix}:begun`)).toBe(left);
  });
});
