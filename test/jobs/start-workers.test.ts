import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from '@jest/globals';
import { AcknetError } from '../../src/errors.ts';
import { Cancelled, HandedOver } from '../../src/jobs/job-context.ts';
import { redisForTest } from '../support/redis-for-test.ts';
import { waitFor } from '../support/wait-for.ts';
import { checkRequest, openQueues, openWorkers, question } from './sample-jobs.ts';

const { connect, newPrefix } = redisForTest();
const redis = connect();
const cleanUps: (() => Promise<unknown> | unknown)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

function setUp() {
  const prefix = newPrefix();
  const queues = openQueues(redis, prefix);
  cleanUps.push(() => queues.close());
  const start = async (options: Parameters<typeof openWorkers>[2]) => {
    const workers = await openWorkers(redis, prefix, options);
    cleanUps.push(() => workers.close(0));
    return workers;
  };
  return { prefix, queues, start };
}

const forEver = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });

describe('an attempt that fails', () => {
  it.each([
    ['with an error that may pass', () => new AcknetError('cluster.unreachable', 'no route'), 3],
    ['with an error that will not pass', () => new AcknetError('cluster.forbidden', 'no'), 1],
    ['with a fault in acknet', () => new TypeError('undefined is not a function'), 1],
  ])('%s is tried as often as makes sense, the last one known as such', async (_what, error, attempts) => {
    const { queues, start } = setUp();
    const seen: boolean[] = [];
    const workers = await start({
      question: async (_job, { lastAttempt }) => {
        seen.push(lastAttempt);
        throw error();
      },
    });
    await queues.question(question);
    await waitFor('the job ends', async () => (await queues.counts()).questions.failed === 1);
    expect(seen).toHaveLength(attempts);
    expect(seen.at(-1)).toBe(attempts === 3);
    await waitFor('it is counted as failed', async () =>
      (await workers.metrics.registry.metrics()).includes('{queue="questions",result="failed"} 1'),
    );
  });

  it('once, and then works, is done', async () => {
    const { queues, start } = setUp();
    let attempts = 0;
    const workers = await start({
      question: async () => {
        attempts += 1;
        if (attempts === 1) throw new AcknetError('slack.failed', 'ratelimited');
      },
    });
    await queues.question(question);
    await waitFor('it is done', async () =>
      (await workers.metrics.registry.metrics()).includes('{queue="questions",result="done"}'),
    );
    expect(attempts).toBe(2);
  });
});

describe('the checks of one cluster', () => {
  it('run at most as many at a time as allowed, over all workers, while other clusters go on', async () => {
    const { queues, start } = setUp();
    const running = new Set<string>();
    let most = 0;
    let done = 0;
    const ends: (() => void)[] = [];
    const check = async (job: { cluster: string; runId: string }) => {
      if (job.cluster === 'cluster-x') {
        running.add(job.runId);
        most = Math.max(most, running.size);
        await new Promise<void>((resolve) => ends.push(resolve));
        running.delete(job.runId);
      }
      done += 1;
    };
    await start({ check, limits: { checksPerCluster: 2 } });
    await start({ check, limits: { checksPerCluster: 2 } });
    for (let n = 0; n < 6; n += 1) await queues.check({ ...checkRequest, checks: [`check-${n}`] });
    await waitFor('two run', () => running.size === 2);
    await queues.check({ ...checkRequest, cluster: 'cluster-y' });
    await waitFor('the other cluster is checked', () => done === 1);
    await waitFor('all are done', () => {
      ends.shift()?.();
      return done === 7;
    });
    expect(most).toBe(2);
  });
});

describe('a cancelled check', () => {
  it('is told so while it runs', async () => {
    const { queues, start } = setUp();
    const reasons: unknown[] = [];
    let begun = false;
    await start({
      check: async (_job, { signal }) => {
        begun = true;
        await forEver(signal).catch((reason: unknown) => reasons.push(reason));
      },
    });
    const { runId } = await queues.check(checkRequest);
    await waitFor('it runs', () => begun);
    expect(await queues.cancelCheck(runId)).toBe(true);
    await waitFor('it ends', () => reasons.length > 0);
    expect(reasons[0]).toBeInstanceOf(Cancelled);
    await waitFor('the run is over', async () => (await queues.running()).length === 0);
    expect(await queues.cancelCheck(runId)).toBe(false);
    expect(await queues.cancelCheck('no-such-run')).toBe(false);
  });

  it('that still waited ends as soon as it is taken', async () => {
    const { queues, start } = setUp();
    const { runId } = await queues.check(checkRequest);
    expect(await queues.cancelCheck(runId)).toBe(true);
    const reasons: unknown[] = [];
    await start({
      check: async (_job, { signal }) => forEver(signal).catch((reason) => void reasons.push(reason)),
    });
    await waitFor('it ends', () => reasons.length > 0);
    expect(reasons[0]).toBeInstanceOf(Cancelled);
  });
});

describe('a shutdown', () => {
  it('lets a running job finish within its time', async () => {
    const { queues, start } = setUp();
    let end: (() => void) | undefined;
    let finished = false;
    const workers = await start({
      fix: async () => {
        await new Promise<void>((resolve) => {
          end = resolve;
        });
        finished = true;
      },
    });
    await queues.fix({ proposalId: 'p1' });
    // Active in Redis is not yet in the handler.
    await waitFor('it runs', async () => end !== undefined);
    const closed = workers.close(60_000);
    end?.();
    await closed;
    expect(finished).toBe(true);
    expect((await queues.counts()).fixes).toMatchObject({ active: 0, waiting: 0, failed: 0 });
  });

  it('hands over a job that does not finish, at once and as no failed attempt', async () => {
    const { queues, start } = setUp();
    const reasons: unknown[] = [];
    const slow = await start({
      fix: async (_job, { signal }) =>
        forEver(signal).catch((reason) => {
          reasons.push(reason);
          throw reason;
        }),
      // Stalled jobs would be found only after an hour: what the next worker gets was handed over.
      limits: { lockMs: 3_600_000, stalledMs: 3_600_000, attempts: 1 },
    });
    await queues.fix({ proposalId: 'p1' });
    await waitFor('it runs', async () => (await queues.counts()).fixes.active === 1);
    await slow.close(0);
    expect(reasons[0]).toBeInstanceOf(HandedOver);
    const taken: boolean[] = [];
    await start({
      fix: async (_job, { lastAttempt }) => void taken.push(lastAttempt),
      limits: { attempts: 2 },
    });
    await waitFor('another takes it', () => taken.length === 1);
    expect(taken).toEqual([false]);
  });
});

describe('a worker that is killed', () => {
  async function startChild(prefix: string): Promise<ChildProcess> {
    const child = fork(new URL('./hanging-worker.mjs', import.meta.url).pathname, [], {
      env: { ...process.env, REDIS_URL: process.env.ACKNET_TEST_REDIS_URL, PREFIX: prefix },
      execArgv: [],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    cleanUps.push(() => child.kill('SIGKILL'));
    return child;
  }

  it('loses its job to another, which knows what was saved', async () => {
    const { prefix, queues, start } = setUp();
    const child = await startChild(prefix);
    const began = once(child, 'message');
    await queues.fix({ proposalId: 'p1' });
    expect((await began)[0]).toEqual({ began: 'p1' });
    child.kill('SIGKILL');
    await once(child, 'exit');

    const taken: unknown[] = [];
    await start({ fix: async (job, { saved }) => void taken.push([job.proposalId, saved]) });
    await waitFor('another takes it', () => taken.length > 0);
    expect(taken).toEqual([['p1', { step: 'half-way' }]]);
  });

  it('too often with the same job, makes it be given up instead of done', async () => {
    const { prefix, queues, start } = setUp();
    const child = await startChild(prefix);
    const began = once(child, 'message');
    await queues.fix({ proposalId: 'p1' });
    await began;
    child.kill('SIGKILL');
    await once(child, 'exit');

    const seen: (string | undefined)[] = [];
    await start({
      fix: async (_job, { givenUp }) => void seen.push(givenUp?.code),
      limits: { maxStalls: 0 },
    });
    await waitFor('another takes it', () => seen.length > 0);
    expect(seen).toEqual(['job.abandoned']);
  });
});
