import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { flannelCniVersion } from '../../../src/checks/flannel/flannel-cni-version.ts';
import { AcknetError } from '../../../src/errors.ts';
import { Cancelled, HandedOver } from '../../../src/jobs/job-context.ts';
import { addFlannelCniVersion } from '../../../src/remediations/flannel/add-flannel-cni-version.ts';
import { fixReads } from '../../support/plan-reads.ts';
import { BYTES_A_CHECK, grownBy, keptBytes, shortPrefix, sumOf } from '../../support/kept-bytes.ts';
import { redisForTest } from '../../support/redis-for-test.ts';
import { type SimulatedCluster, startSimulatedCluster } from '../../support/start-simulated-cluster.ts';
import { attempts, checkJob, openJobStand, type StandOptions } from '../open-job-stand.ts';

const { connect, newPrefix } = redisForTest();
const redis = connect();
let simulated: SimulatedCluster;

beforeAll(async () => {
  simulated = await startSimulatedCluster('flannel-broken', {
    reads: [...flannelCniVersion.reads, ...fixReads(addFlannelCniVersion)],
    writes: addFlannelCniVersion.writes,
  });
});
afterAll(() => simulated.close());

const open = (more: Partial<StandOptions> = {}) =>
  openJobStand({ redis, prefix: newPrefix(), access: simulated.access, ...more });
const boss = { user: 'U0BOSS', team: 'T0HOME' };

describe('a check job', () => {
  it('reports what was found, with a card for each fix, which will expire', async () => {
    const { check, reporter, store, queued } = open();
    const job = checkJob();
    await check(job, attempts().attempt());
    const [outcome] = reporter.told.finished;
    expect(reporter.told).toMatchObject({ started: 1, failed: [] });
    expect(reporter.told.progress).toBeGreaterThan(0);
    expect(outcome?.run.checks[0]).toMatchObject({ id: 'flannel-cni-version', outcome: 'found' });
    expect(outcome?.changes).toBeUndefined();
    const [proposal] = outcome?.proposals ?? [];
    expect(proposal).toMatchObject({
      state: 'proposed',
      remediation: 'add-flannel-cni-version',
      run: job.runId,
      requestedBy: job.requestedBy,
      thread: { channel: 'C0OPS', threadTs: '1.1' },
      dryRun: { ok: true },
    });
    expect(await store.open('cluster-x')).toEqual([proposal]);
    expect(queued).toMatchObject({ cards: [proposal?.id], expiries: [proposal?.id] });
  });

  it('says what is new and unchanged since the last, and offers the very same card again', async () => {
    const { check, reporter, store, approvals, audit } = open();
    await check(checkJob(), attempts().attempt());
    const [first] = await store.open('cluster-x');
    if (first === undefined) throw new Error('no card to begin with');
    await store.placeCard(first.id, { channel: 'C0OPS', ts: '9.1' });
    const records = await audit.read({});
    const again = checkJob();
    await check({ ...again, threadTs: '2.2' }, attempts().attempt());
    expect(reporter.told.finished[1]?.changes).toMatchObject({ fresh: [], gone: [], unchanged: 1 });
    const offered = { ...first, run: again.runId, thread: { channel: 'C0OPS', threadTs: '2.2' } };
    const open_ = await store.open('cluster-x');
    expect(open_).toEqual([{ ...offered, cardBefore: { channel: 'C0OPS', ts: '9.1' } }]);
    expect(reporter.told.finished[1]?.proposals.map(({ id }) => id)).toEqual([first.id]);
    expect(await audit.read({})).toEqual(records);
    await approvals.proof(first.id)();
  });

  it.each<[string, Partial<ReturnType<typeof checkJob>>, number]>([
    ['somebody else asks, who may not approve then', { requestedBy: boss }, 0],
    ['it has less than half of its time left', {}, 16 * 60_000],
  ])('makes a card of its own where %s, and supersedes the earlier one', async (_why, asked, later) => {
    const { check, reporter, store, queued, clock } = open();
    await check(checkJob(), attempts().attempt());
    const [first] = await store.open('cluster-x');
    clock.ahead = later;
    await check({ ...checkJob(), ...asked }, attempts().attempt());
    expect((await store.get(first?.id ?? ''))?.state).toBe('superseded');
    expect(await store.open('cluster-x')).toEqual(reporter.told.finished[1]?.proposals);
    expect(queued.cards).toContain(first?.id);
  });

  it('leaves less than 5 MB per 1,000 in Redis where each card runs out before the next check', async () => {
    const prefix = shortPrefix();
    const { check, card, store, clock } = open({ prefix });
    const round = async () => {
      await check(checkJob(), attempts().attempt());
      clock.ahead += 3_600_000;
      for (const { id } of await store.open('cluster-x'))
        await card({ task: 'expire', proposalId: id }, attempts().attempt());
    };
    await round();
    const before = await keptBytes(redis, prefix);
    for (let count = 0; count < 10; count += 1) await round();
    const grown = grownBy(before, await keptBytes(redis, prefix), 10);
    // What Slack's side keeps of each (1.4 KB where one fix is offered) is measured in test/scenarios/kept-per-check.test.ts.
    expect(sumOf(grown)).toBeLessThan(BYTES_A_CHECK - 1450);
    expect((await store.history('cluster-x', 50)).map(({ state }) => state)).toEqual(
      Array.from({ length: 11 }, () => 'expired'),
    );
  });

  it('leaves the card of a check that could not be read this time as it is', async () => {
    const { check, reporter, store } = open();
    await check(checkJob(), attempts().attempt());
    const [card] = await store.open('cluster-x');
    simulated.simulator.faults.add({
      path: /configmaps/,
      effect: { kind: 'status', status: 403 },
      times: 99,
    });
    await check(checkJob(), attempts().attempt());
    simulated.simulator.faults.clear();
    expect(reporter.told.finished[1]?.run.checks[0]).toMatchObject({ outcome: 'unknown' });
    expect(await store.open('cluster-x')).toEqual([card]);
  });

  it('is told to who joined it from elsewhere too, be it a result or why there is none', async () => {
    const { check, reporter, followers } = open();
    followers.push({ channel: 'C0ELSEWHERE', requestedBy: boss });
    await check(checkJob(), attempts().attempt());
    reporter.told.fault = new AcknetError('slack.rejected', 'No.');
    await expect(check(checkJob(), attempts().attempt())).rejects.toMatchObject({ code: 'slack.rejected' });
    expect(reporter.told.followers).toEqual([
      ['C0ELSEWHERE', 'told'],
      ['C0ELSEWHERE', 'slack.rejected'],
    ]);
  });

  it.each([
    ['a namespace', { namespaces: ['kube-system'] }],
    ['a node', { namespaces: [], node: 'cn-hangzhou.192.168.0.81' }],
  ])(
    'narrowed to %s compares with none, and leaves no second open card for the same fix',
    async (_part, scope) => {
      const { check, reporter, store, queued } = open();
      await check(checkJob(), attempts().attempt());
      const [first] = await store.open('cluster-x');
      if (first === undefined) throw new Error('no card to begin with');
      const another = { ...first, id: 'another-card-0001', remediation: 'restart-flannel' };
      await store.create(another);
      await check({ ...checkJob(), scope }, attempts().attempt());
      expect(reporter.told.finished[1]?.changes).toBeUndefined();
      const offered = reporter.told.finished[1]?.proposals.map(({ id }) => id) ?? [];
      expect(offered).toHaveLength(1);
      const openNow = (await store.open('cluster-x')).map(({ id }) => id);
      expect(openNow.sort()).toEqual([...offered, another.id].sort());
      expect(queued.cards).toContain(first.id);
    },
  );

  it('offers no fix for a muted finding, and lists the mute', async () => {
    const { check, reporter, mutes } = open();
    await mutes.add({
      cluster: 'cluster-x',
      finding: 'flannel-cni-version.missing',
      reason: 'known',
      by: boss,
    });
    await check(checkJob(), attempts().attempt());
    expect(reporter.told.finished[0]).toMatchObject({
      proposals: [],
      muted: [{ reason: 'known', by: boss }],
    });
  });

  it('offers no fix on a read-only cluster', async () => {
    const { check, reporter } = open({ cluster: { readOnly: true } });
    await check(checkJob(), attempts().attempt());
    expect(reporter.told.finished[0]).toMatchObject({ proposals: [], refusals: [] });
  });

  it('keeps its result when a fix cannot be drafted for a fault of ours, and says so', async () => {
    const broken = {
      ...addFlannelCniVersion,
      id: 'broken-fix',
      plan: async () => Promise.reject(new TypeError('x is not a function')),
    };
    const { check, reporter } = open({ remediations: [broken, addFlannelCniVersion] });
    await check(checkJob(), attempts().attempt());
    expect(reporter.told.failed).toEqual([]);
    expect(reporter.told.finished).toMatchObject([
      {
        proposals: [{ remediation: 'add-flannel-cni-version' }],
        refusals: [
          { remediation: 'broken-fix', reason: expect.stringMatching(/A fault in acknet.*not a function/) },
        ],
      },
    ]);
  });

  it('cancelled while its fixes are drafted still reports what was found', async () => {
    const stop = new AbortController();
    const slow = {
      ...addFlannelCniVersion,
      plan: async () => {
        stop.abort(new Cancelled());
        throw stop.signal.reason;
      },
    };
    const { check, reporter } = open({ remediations: [slow] });
    await check(checkJob(), { ...attempts().attempt(), signal: stop.signal });
    expect(reporter.told.failed).toEqual([]);
    expect(reporter.told.finished).toMatchObject([{ proposals: [], refusals: [] }]);
  });

  it('names the fix it cannot offer, and why', async () => {
    const forbidden = {
      ...simulated.access,
      writer: () => {
        throw new AcknetError('cluster.no-fixer', 'No fixer.', { hint: 'Name one.' });
      },
    };
    const { check, reporter } = open({ access: forbidden });
    await check(checkJob(), attempts().attempt());
    expect(reporter.told.finished[0]?.refusals).toEqual([
      {
        remediation: 'add-flannel-cni-version',
        finding: 'flannel-cni-version.missing',
        about: { kind: 'ConfigMap', namespace: 'kube-system', name: 'kube-flannel-cfg' },
        reason: 'No fixer.',
        hint: 'Name one.',
      },
    ]);
  });
});

describe('the next attempt at a check job', () => {
  it('neither posts, runs nor proposes a second time', async () => {
    const { check, reporter, store } = open();
    const { attempt } = attempts();
    const job = checkJob();
    reporter.told.fault = new AcknetError('slack.failed', 'ratelimited');
    await expect(check(job, attempt())).rejects.toMatchObject({ code: 'slack.failed' });
    const stored = await store.open('cluster-x');
    const { progress } = reporter.told;
    await check(job, attempt());
    expect(reporter.told).toMatchObject({ started: 1, failed: [] });
    expect(reporter.told.finished).toHaveLength(1);
    expect(stored).toHaveLength(1);
    expect(await store.open('cluster-x')).toEqual(stored);
    expect(reporter.told.progress).toBe(progress);
  });

  it('still knows which run to compare with', async () => {
    const { check, reporter } = open();
    await check(checkJob(), attempts().attempt());
    const { attempt } = attempts();
    const job = checkJob();
    reporter.told.fault = new AcknetError('slack.failed', 'ratelimited');
    await expect(check(job, attempt())).rejects.toThrow();
    await check(job, attempt());
    expect(reporter.told.finished[1]?.changes?.unchanged).toBe(1);
  });

  it('is not needed when the error is final: the failure is posted', async () => {
    const { check, reporter } = open();
    reporter.told.fault = new AcknetError('slack.failed', 'ratelimited');
    await expect(check(checkJob(), attempts().attempt({ lastAttempt: true }))).rejects.toThrow();
    expect(reporter.told.failed).toEqual(['slack.failed']);
  });

  it('is given up with a posted failure when workers keep dying', async () => {
    const { check, reporter } = open();
    const givenUp = new AcknetError('job.abandoned', 'Six workers died.');
    await expect(check(checkJob(), attempts({ givenUp }).attempt())).rejects.toThrow('Six workers died.');
    expect(reporter.told).toMatchObject({ started: 0, failed: ['job.abandoned'] });
  });
});

describe('a check job that cannot be done', () => {
  it.each([
    ['of an unknown cluster', { cluster: 'cluster-z' }, 'cluster.unknown'],
    ['of an unknown check', { checks: ['no-such-check'] }, 'usage.invalid'],
  ])('%s ends in a posted failure', async (_what, fields, code) => {
    const { check, reporter } = open();
    await expect(check({ ...checkJob(), ...fields }, attempts().attempt())).rejects.toMatchObject({ code });
    expect(reporter.told).toMatchObject({ failed: [code], finished: [] });
  });
});

describe('a check job that is stopped', () => {
  const stopped = (reason: Error) => {
    const controller = new AbortController();
    controller.abort(reason);
    return { signal: controller.signal };
  };

  it('by someone reports what it has, proposes nothing and is not compared with later', async () => {
    const { check, reporter, runs } = open();
    await check(checkJob(), attempts(stopped(new Cancelled())).attempt());
    expect(reporter.told.finished[0]).toMatchObject({
      proposals: [],
    });
    expect(reporter.told.finished[0]?.run.checks[0]).toMatchObject({
      outcome: 'unknown',
      unknown: { code: 'check.cancelled' },
    });
    expect(await runs.last('cluster-x')).toBeUndefined();
  });

  it('by a shutdown says nothing, and keeps nothing of its cut-off run', async () => {
    const { check, reporter, runs } = open();
    const job = checkJob();
    await expect(check(job, attempts(stopped(new HandedOver())).attempt())).rejects.toBeInstanceOf(
      HandedOver,
    );
    expect(reporter.told.handedOver).toBe(1);
    expect(reporter.told).toMatchObject({ finished: [], failed: [] });
    expect(await runs.get(job.runId)).toBeUndefined();
  });
});
