import { describe, expect, it } from '@jest/globals';
import { defineCheck } from '../../../src/checks/judging/define-check.js';
import { needsFlannel } from '../../../src/checks/flannel/flannel-config.js';
import type { ClusterAccess, ClusterReader } from '../../../src/cluster/ports.js';
import { nodes } from '../../../src/cluster/views/node.js';
import { createCheckReport } from '../../../src/engine/checking/check-report.js';
import { checkRunSchema } from '../../../src/engine/checking/check-run.js';
import { type RunOptions, runChecks } from '../../../src/engine/checking/run-checks.js';
import { AcknetError } from '../../../src/errors.js';
import { node } from '../../support/kube-objects.js';
import { readerOf } from '../../support/reader-of.js';

const shape = {
  title: 't',
  intents: [],
  reads: [],
  messages: { bad: { severity: 'problem', text: 'Bad.' } },
} as const;
const sample = (id: string, gather: (reader: ClusterReader) => Promise<unknown>, judge = () => {}) =>
  defineCheck({ ...shape, id, area: 'cluster', gather, judge });

const access = (reader: ClusterReader): ClusterAccess => ({
  name: 'cluster-x',
  reader: () => reader,
  writer: () => {
    throw new Error('a check never asks for a writer');
  },
  credentialEnds: async () => undefined,
  may: async () => true,
});

const run = (checks: RunOptions['checks'], more: Partial<RunOptions> & { reader?: ClusterReader } = {}) =>
  runChecks({
    access: access(more.reader ?? readerOf({ objects: [node('n')] })),
    checks,
    now: () => new Date(0),
    deadlineMs: 5000,
    ...more,
  });

describe('runChecks', () => {
  it.each([
    [
      'a forbidden read',
      () => Promise.reject(new AcknetError('cluster.forbidden', 'may not list pods')),
      'cluster.forbidden',
    ],
    ['a bug in gather', () => Promise.reject(new TypeError('x is undefined')), 'check.broken'],
    ['a read that never ends', () => new Promise(() => {}), 'check.deadline'],
  ])('turns %s into unknown, and still finishes the others', async (_title, gather, code) => {
    const result = await run([sample('a', gather), sample('b', async () => 1)], { deadlineMs: 50 });
    expect(result.checks.map(({ outcome, unknown }) => [outcome, unknown?.code])).toEqual([
      ['unknown', code],
      ['clear', undefined],
    ]);
  });

  it('masks secrets in whatever a check says, before it is kept', async () => {
    const secret = 'access_secret: canary-secret';
    const leaky = defineCheck({
      ...{ ...shape, id: 'leaky', area: 'cluster' },
      messages: { bad: { severity: 'problem', text: 'Bad: {what}.' } },
      gather: async () => 1,
      judge: (_facts, report) => {
        const evidence = [{ where: 'log', value: secret }];
        report.found('bad', { kind: 'Pod', name: 'p' }, { data: { what: secret }, evidence });
        report.fact({ label: 'l', value: secret });
      },
    });
    const result = await run([leaky]);
    expect(result.checks).toMatchObject([{ outcome: 'found' }]);
    expect(JSON.stringify(result)).not.toContain('canary');
  });

  it('turns a bug in judge into unknown', async () => {
    const broken = sample(
      'a',
      async () => 1,
      () => {
        throw new RangeError('oops');
      },
    );
    expect((await run([broken])).checks[0]).toMatchObject({
      outcome: 'unknown',
      unknown: { code: 'check.broken' },
    });
  });

  it('never calls a cluster healthy that it could not reach', async () => {
    const offline: ClusterAccess = {
      ...access(readerOf({ objects: [] })),
      reader: () => {
        throw new AcknetError('config.invalid', 'kubeconfig is missing');
      },
    };
    const result = await run([sample('a', async () => 1)], { access: offline });
    expect(result.checks[0]).toMatchObject({ outcome: 'unknown', unknown: { code: 'config.invalid' } });
    expect(result.identity.plugin).toMatchObject({ known: false });
  });

  it('reads each resource once, however many checks ask', async () => {
    let reads = 0;
    const inner = readerOf({ objects: [node('n')] });
    const counting: ClusterReader = {
      ...inner,
      list: (resource, scope) => {
        if (resource.plural === 'nodes') reads += 1;
        return inner.list(resource, scope);
      },
    };
    await run(
      ['a', 'b', 'c'].map((id) => sample(id, (reader) => reader.list(nodes))),
      { reader: counting },
    );
    expect(reads).toBe(1);
  });

  it('tells progress per area, and produces what its schema says', async () => {
    const seen: string[] = [];
    const result = await run([sample('a', async () => 1), sample('b', async () => 1)], {
      onProgress: ({ areas }) =>
        seen.push(areas.map(({ area, done, total }) => `${area} ${done}/${total}`).join()),
    });
    expect(seen).toEqual(['cluster 1/2', 'cluster 2/2']);
    expect(checkRunSchema.parse(JSON.parse(JSON.stringify(result)))).toEqual(
      JSON.parse(JSON.stringify(result)),
    );
  });

  it('ends at once when cancelled, and says so', async () => {
    const cancel = new AbortController();
    const pending = run([sample('a', () => new Promise(() => {}))], { signal: cancel.signal });
    cancel.abort();
    expect((await pending).checks[0]).toMatchObject({ unknown: { code: 'check.cancelled' } });
  });

  describe('where the plugin could not be read', () => {
    const reader = readerOf({ objects: [node('n')], forbidden: ['daemonsets'] });
    const about = { kind: 'Node', name: 'n' };
    const outcomes = (judge: (report: { found: (...args: never[]) => void }) => void) =>
      run(
        [
          defineCheck({
            ...shape,
            id: 'a',
            area: 'flannel',
            appliesTo: needsFlannel,
            gather: async () => 1,
            judge: (_facts, report) => judge(report as never),
          }),
        ],
        { reader },
      );

    it('a check of one plugin is never clear, nor set aside', async () => {
      const { checks } = await outcomes(() => undefined);
      expect(checks[0]).toMatchObject({
        outcome: 'unknown',
        unknown: {
          code: 'cluster.forbidden',
          detail: expect.stringMatching(/plugin.*may not list daemonsets/),
        },
      });
    });

    it('what it finds all the same stands', async () => {
      const { checks } = await outcomes((report) =>
        report.found(...(['bad', about, { data: {}, evidence: [] }] as never[])),
      );
      expect(checks[0]).toMatchObject({ outcome: 'found', unknown: { code: 'cluster.forbidden' } });
    });
  });

  describe('where the clocks differ', () => {
    const server = new Date('2026-11-24T03:00:00Z');
    const seen: { now?: Date; since?: Date | undefined } = {};
    const watching = defineCheck({
      ...shape,
      id: 'a',
      area: 'cluster',
      gather: async () => 1,
      judge: (_facts, _report, { now, since }) => void Object.assign(seen, { now, since }),
    });
    const minutes = (count: number) => new Date(server.getTime() + count * 60_000);
    const reader = readerOf({ objects: [], now: () => server });

    it.each([
      ['behind', -70, 4200],
      ['ahead', 70, -4200],
      ['a minute behind', -1, 60],
    ])('everything is judged by the server’s time, and ours told: %s', async (_title, ours, told) => {
      const result = await run([watching], { reader, now: () => minutes(ours), since: minutes(ours - 10) });
      expect(seen).toEqual({ now: server, since: minutes(-10) });
      expect(result.clockOffsetSeconds).toBe(told);
      expect(createCheckReport(result, []).clockOffsetSeconds).toBe(told);
    });

    it('nothing is told below a minute, nor where the server tells no time', async () => {
      expect(
        (await run([watching], { reader, now: () => minutes(-0.9) })).clockOffsetSeconds,
      ).toBeUndefined();
      expect(seen.now).toEqual(server);
      const silent = readerOf({ objects: [] });
      expect((await run([watching], { reader: silent })).clockOffsetSeconds).toBeUndefined();
      expect(seen.now).toEqual(new Date(0));
    });
  });

  it('reads the plugin of a run that an earlier version kept', async () => {
    const kept = await run([]);
    const keptWith = (plugin: string) =>
      checkRunSchema.parse({ ...kept, identity: { ...kept.identity, plugin } }).identity.plugin;
    expect(keptWith('terway')).toEqual({ known: true, name: 'terway' });
    expect(keptWith('unknown')).toMatchObject({ known: false });
  });
});
