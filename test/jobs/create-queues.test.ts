import { afterEach, describe, expect, it } from '@jest/globals';
import type { Queues } from '../../src/jobs/queues/queues.ts';
import { cardTaskOf } from '../../src/jobs/fix/card-task.ts';
import { redisForTest } from '../support/redis-for-test.ts';
import { waitFor } from '../support/wait-for.ts';
import { checkRequest, openQueues, openWorkers, question } from './sample-jobs.ts';

const { connect, newPrefix } = redisForTest();
const redis = connect();
const cleanUps: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

function queuesFor(prefix = newPrefix()): Queues & { prefix: string } {
  const queues = openQueues(redis, prefix);
  cleanUps.push(() => queues.close());
  return { ...queues, prefix };
}

describe('the looks after a fix', () => {
  it('wait for their hour in Redis, once each, and are made up for where it has passed', async () => {
    const queues = queuesFor();
    const done: unknown[] = [];
    const due = { proposalId: 'fix', since: new Date(Date.now() - 2 * 3_600_000) };
    for (const hours of [1, 24, 1, 24]) await queues.care({ ...due, hours });
    const workers = await openWorkers(redis, queues.prefix, {
      schedule: async (task) => void done.push(task),
    });
    cleanUps.push(() => workers.close(0));
    await waitFor('what is due is done', () => done.length > 0);
    await waitFor('the later one waits', async () => (await queues.counts()).schedules.delayed === 1);
    expect(done).toEqual([{ task: 'care', proposalId: 'fix', hours: 1 }]);
  });
});

describe('the message of an incident', () => {
  it('is brought in line once for all that is told while it waits, and once more for what is told meanwhile', async () => {
    const queues = queuesFor();
    const shown: unknown[] = [];
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    for (const isNew of [true, false, false, false]) await queues.showIncident({ incident: 'i1', isNew });
    await queues.showIncident({ incident: 'i2', isNew: true });
    expect((await queues.counts()).alerts).toMatchObject({ waiting: 2, delayed: 0 });
    const workers = await openWorkers(redis, queues.prefix, {
      alert: async (task) => {
        shown.push(task);
        await held;
      },
    });
    cleanUps.push(() => workers.close(0));
    await waitFor('both are being shown', () => shown.length === 2);
    for (const _ of [1, 2, 3]) await queues.showIncident({ incident: 'i1', isNew: false });
    release();
    await waitFor('the first is shown again', () => shown.length > 2);
    await waitFor('nothing is left', async () => {
      const { waiting, active, delayed } = (await queues.counts()).alerts;
      return waiting + active + delayed === 0;
    });
    const show = (incident: string) => ({ task: 'show', incident });
    expect(shown).toEqual([show('i1'), show('i2'), show('i1')]);
  });
});

describe('a check of a part of a cluster', () => {
  it.each([
    ['a namespace', { namespaces: ['password=hunter2-hunter2'] }],
    ['a node', { namespaces: [], node: 'Bearer:eyJhbGciOi.x' }],
  ])('is not kept where what was typed for %s can be no name: it may be a secret', async (_title, scope) => {
    const queues = queuesFor();
    await expect(queues.check({ ...checkRequest, scope })).rejects.toMatchObject({
      code: 'job.invalid',
      message: expect.stringMatching(/scope\.\S+: is no name of a namespace or node/),
    });
    expect(await queues.running()).toEqual([]);
  });
});

describe('checks that are done', () => {
  it('are kept as jobs up to a number, and so are the events of a queue, to which nobody listens', async () => {
    const queues = queuesFor();
    const workers = await openWorkers(redis, queues.prefix, {});
    cleanUps.push(() => workers.close(0));
    for (let n = 0; n < 60; n += 1) await queues.check({ ...checkRequest, checks: [`check-${n}`] });
    await waitFor('all are done', async () => (await queues.running()).length === 0);
    const jobs = queues.queues.find(({ name }) => name === 'checks');
    expect(await jobs?.getJobCounts('completed')).toEqual({ completed: 20 });
    // Redis trims whole nodes of a stream, of a hundred events each.
    expect(await redis.xlen(`${queues.prefix}:checks:events`)).toBeLessThan(220);
  });
});

describe('a check asked for again', () => {
  it('joins the one that waits or runs, whoever asks and in whatever order they name the parts', async () => {
    const queues = queuesFor();
    const request = { ...checkRequest, checks: ['a', 'b'], scope: { namespaces: ['x', 'y'] } };
    const first = await queues.check(request);
    expect(first.joined).toBe(false);
    const again = await queues.check({
      ...request,
      checks: ['b', 'a'],
      scope: { namespaces: ['y', 'x'] },
      channel: 'C0ELSEWHERE',
      requestedBy: { user: 'U0OTHER', team: 'T0HOME' },
    });
    expect(again).toEqual({ runId: first.runId, joined: true });
    expect((await queues.running()).map(({ runId, state }) => [runId, state])).toEqual([
      [first.runId, 'waiting'],
    ]);
  });

  it('is followed from another channel, where its result is told too, until it has told it', async () => {
    const queues = queuesFor();
    const { runId } = await queues.check(checkRequest);
    await queues.check(checkRequest);
    const elsewhere = { ...checkRequest, channel: 'C0ELSEWHERE', threadTs: '5.5' };
    await queues.check(elsewhere);
    const { channel, threadTs, requestedBy } = elsewhere;
    expect(await queues.followers(runId)).toEqual([{ channel, threadTs, requestedBy }]);
    expect(await queues.followers(runId)).toHaveLength(1);
    // Too late to follow that one: it waits for its end, and is a run of its own.
    const late = queues.check(elsewhere);
    await redis.del(`${queues.prefix}:followers:${runId}`);
    expect(await late).toMatchObject({ runId, joined: true });
  });

  it('joins exactly one run when many ask at once through several processes', async () => {
    const { prefix } = queuesFor();
    const processes = Array.from({ length: 5 }, () => queuesFor(prefix));
    const asked = await Promise.all(
      processes.flatMap((each) => [each.check(checkRequest), each.check(checkRequest)]),
    );
    expect(asked.filter(({ joined }) => !joined)).toHaveLength(1);
    expect(new Set(asked.map(({ runId }) => runId)).size).toBe(1);
  });

  it.each([
    ['another cluster', { cluster: 'cluster-y' }],
    ['other checks', { checks: ['flannel-cni-version'] }],
    ['another namespace', { scope: { namespaces: ['shop'] } }],
    ['another node', { scope: { namespaces: [], node: 'n1' } }],
    [
      'two named ends',
      { scope: { namespaces: [], path: { from: 'shop/web', to: 'i-bp1a2b3c', protocol: 'icmp' as const } } },
    ],
  ])('for %s is a run of its own', async (_what, other) => {
    const queues = queuesFor();
    await queues.check(checkRequest);
    expect((await queues.check({ ...checkRequest, ...other })).joined).toBe(false);
  });

  it('after the first has ended is a run of its own', async () => {
    const queues = queuesFor();
    const workers = await openWorkers(redis, queues.prefix);
    cleanUps.push(() => workers.close(1000));
    const first = await queues.check(checkRequest);
    await waitFor('the first run ends', async () => (await queues.running()).length === 0);
    const second = await queues.check(checkRequest);
    expect(second.joined).toBe(false);
    expect(second.runId).not.toBe(first.runId);
  });

  it('says where the message of the joined run stands, once it is posted', async () => {
    const queues = queuesFor();
    const at = { channel: 'C0OPS', ts: '1.2' };
    let end = () => {};
    const workers = await openWorkers(redis, queues.prefix, {
      check: async (_job, context) => {
        await context.save({ at });
        await new Promise<void>((resolve) => {
          end = resolve;
        });
      },
    });
    cleanUps.push(() => workers.close(1000));
    await queues.check(checkRequest);
    await waitFor('the message is saved', async () => (await queues.running())[0]?.at);
    expect(await queues.check(checkRequest)).toMatchObject({ joined: true, at });
    expect(await queues.running()).toMatchObject([{ state: 'running', at, since: expect.any(String) }]);
    end();
  });
});

describe('the checks after changes of one result', () => {
  it('run one after the other, the last of those that came meanwhile in the end, each once', async () => {
    const queues = queuesFor();
    const begun: string[] = [];
    let end = () => {};
    const workers = await openWorkers(redis, queues.prefix, {
      check: async ({ runId }) => {
        begun.push(runId);
        if (begun.length === 1)
          await new Promise<void>((resolve) => {
            end = resolve;
          });
      },
    });
    cleanUps.push(() => workers.close(1000));
    const recheck = (runId: string, run = 'first-run') =>
      queues.recheck({ ...checkRequest, runId, after: { proposal: runId, run } });
    await recheck('p1-fixed');
    await waitFor('the first has begun', () => begun.length === 1);
    for (const runId of ['p1-fixed', 'p2-fixed', 'p3-fixed']) await recheck(runId);
    await recheck('of-another-result', 'other-run');
    await waitFor('that of another result has begun', () => begun.length === 2);
    expect(begun).toEqual(['p1-fixed', 'of-another-result']);
    end();
    await waitFor('the last one has begun', () => begun.length === 3);
    await waitFor('nothing is left to do', async () => (await queues.running()).length === 0);
    expect(begun).toEqual(['p1-fixed', 'of-another-result', 'p3-fixed']);
    await recheck('p3-fixed');
    expect(await queues.running()).toEqual([]);
  });
});

describe('other jobs', () => {
  it('are one per proposal and one per question', async () => {
    const queues = queuesFor();
    await queues.fix({ proposalId: 'p1' });
    await queues.fix({ proposalId: 'p1' });
    await queues.fix({ proposalId: 'p2' });
    await queues.question(question);
    await queues.question({ ...question, text: 'the same message, delivered again' });
    expect(await queues.counts()).toMatchObject({
      fixes: { waiting: 2 },
      questions: { waiting: 1 },
    });
  });

  it('stay one when the question comes again after it was answered', async () => {
    const queues = queuesFor();
    let answered = 0;
    const workers = await openWorkers(redis, queues.prefix, {
      question: async () => {
        answered += 1;
      },
    });
    cleanUps.push(() => workers.close(1000));
    await queues.question(question);
    await waitFor('the question is answered', () => answered === 1);
    await queues.question(question);
    await queues.question({ ...question, ts: '1700000000.000200' });
    await waitFor('the other question is answered', () => answered === 2);
    expect((await queues.counts()).questions).toMatchObject({ waiting: 0 });
  });

  it('bring a card in line once more after whatever came while it was being shown', async () => {
    const queues = queuesFor();
    let shown = 0;
    let end = () => {};
    const workers = await openWorkers(redis, queues.prefix, {
      card: async (task) => {
        if (task.task !== 'show') return;
        shown += 1;
        if (shown === 1)
          await new Promise<void>((resolve) => {
            end = resolve;
          });
      },
    });
    cleanUps.push(() => workers.close(1000));
    await queues.card({ proposalId: 'p1' });
    await waitFor('the first is shown', () => shown === 1);
    for (let n = 0; n < 20; n += 1) await queues.card({ proposalId: 'p1' });
    end();
    await waitFor('the second is shown', () => shown === 2);
    await waitFor('no more waits', async () => {
      const { cards } = await queues.counts();
      return cards.waiting + cards.active === 0;
    });
    expect(shown).toBe(2);
  });

  it('expire a card when it is due', async () => {
    const queues = queuesFor();
    const expired: string[] = [];
    const workers = await openWorkers(redis, queues.prefix, {
      card: async (task) => {
        if (task.task === 'expire') expired.push(task.proposalId);
      },
    });
    cleanUps.push(() => workers.close(1000));
    await queues.expireCard({ proposalId: 'later', at: new Date(Date.now() + 3_600_000) });
    await queues.expireCard({ proposalId: 'due', at: new Date(Date.now() + 30) });
    await waitFor('the due one expires', () => expired.length > 0);
    expect(expired).toEqual(['due']);
  });
});

describe('a payload', () => {
  const bad = { user: 1 };
  it.each([
    ['check', (queues: Queues) => queues.check({ ...checkRequest, requestedBy: bad } as never)],
    ['fix', (queues: Queues) => queues.fix({} as never)],
    ['question', (queues: Queues) => queues.question({ ...question, surface: 'telepathy' } as never)],
    ['card', (queues: Queues) => queues.card({ proposalId: 7 } as never)],
  ])('of a %s job that is not as expected is refused when queued, by the field', async (_kind, queue) => {
    await expect(queue(queuesFor())).rejects.toMatchObject({
      code: 'job.invalid',
      message: expect.stringMatching(/requestedBy|proposalId|surface/),
    });
  });

  it('that is not as expected is refused when taken, at once and for good', async () => {
    const queues = queuesFor();
    let handled = 0;
    const workers = await openWorkers(redis, queues.prefix, {
      fix: async () => {
        handled += 1;
      },
    });
    cleanUps.push(() => workers.close(1000));
    const fixes = queues.queues.find(({ name }) => name === 'fixes');
    await fixes?.add('fix', { proposal: 'of an older version' });
    const line = await waitFor('the job fails', () =>
      workers.logger.lines.find(({ message }) => message === 'job failed'),
    );
    expect(line.data).toMatchObject({ queue: 'fixes', result: 'failed', attempt: 1 });
    expect(handled).toBe(0);
  });

  it('of an unknown card job is refused', () => {
    expect(() => cardTaskOf({ name: 'paint', data: { proposalId: 'p' } })).toThrow('no card job named paint');
  });
});

describe('Home', () => {
  it('is shown once for many changes, and once more for one that comes meanwhile', async () => {
    const { prefix, ...queues } = queuesFor();
    const shown: number[] = [];
    let go = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      go = resolve;
    });
    const home = async () => {
      shown.push(shown.length);
      if (shown.length === 1) await held;
    };
    const workers = await openWorkers(redis, prefix, { home });
    cleanUps.push(() => workers.close(100));
    for (let n = 0; n < 20; n += 1) await queues.home();
    await waitFor('it is being shown', () => shown.length === 1);
    for (let n = 0; n < 20; n += 1) await queues.home();
    go();
    await waitFor('what changed meanwhile is shown', () => shown.length === 2);
    await waitFor('nothing is left to do', async () => {
      const { waiting, active, delayed } = (await queues.counts()).homes;
      return waiting + active + delayed === 0;
    });
    expect(shown).toHaveLength(2);
  });
});
