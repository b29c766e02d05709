import { describe, expect, it } from '@jest/globals';
import type { CheckResult, CheckRun } from '../../../src/engine/checking/check-run.ts';
import { compareRuns } from '../../../src/jobs/check/compare-runs.ts';
import { createRunStore } from '../../../src/jobs/check/create-run-store.ts';
import { maskAll } from '../../../src/masking/mask.ts';
import { redisForTest } from '../../support/redis-for-test.ts';

const { connect, newPrefix } = redisForTest();
const redis = connect();

const check = (
  id: string,
  objects: readonly string[],
  outcome: CheckResult['outcome'] = 'found',
): CheckResult => ({
  id,
  title: id,
  area: 'flannel',
  intents: [],
  outcome,
  facts: [],
  findings: objects.map((name) => ({
    id: `${id}.bad`,
    check: id,
    severity: 'problem',
    message: `${name} is bad`,
    data: {},
    about: { kind: 'Node', name },
    evidence: [],
  })),
});

const run = (...checks: CheckResult[]): CheckRun => ({
  schema: 1,
  cluster: 'cluster-x',
  startedAt: '2026-03-01T12:00:00.000Z',
  durationMs: 1,
  identity: { plugin: { known: true, name: 'flannel' }, flavor: 'managed', dualStack: false },
  checks,
});

describe('two runs', () => {
  it('differ by the findings that are new, gone and unchanged, told apart by object', () => {
    expect(compareRuns(run(check('a', ['n1', 'n2'])), run(check('a', ['n2', 'n3'])))).toEqual({
      since: '2026-03-01T12:00:00.000Z',
      fresh: ['a.bad Node  n3'],
      gone: [{ id: 'a.bad', message: 'n1 is bad', about: { kind: 'Node', name: 'n1' } }],
      unchanged: 1,
    });
  });

  it('do not differ by what could not be read this time: that is not gone', () => {
    expect(compareRuns(run(check('a', ['n1'])), run(check('a', [], 'unknown')))).toMatchObject({ gone: [] });
  });

  it('do not differ by a check that was not run this time', () => {
    expect(compareRuns(run(check('a', ['n1'])), run())).toMatchObject({ gone: [], unchanged: 0 });
  });

  it('are one where there was none before', () => {
    expect(compareRuns(undefined, run())).toBeUndefined();
  });
});

describe('the store of runs', () => {
  it('gives back a run by id, and the last one remembered of a cluster', async () => {
    const runs = createRunStore({ redis, prefix: newPrefix() });
    const first = run(check('a', ['n1']));
    await runs.save('run-1', maskAll(first));
    await runs.save('run-2', maskAll(run()));
    expect(await runs.last('cluster-x')).toBeUndefined();
    await runs.remember('run-1', 'cluster-x');
    expect(await runs.last('cluster-x')).toEqual({ runId: 'run-1', run: first });
    expect(await runs.get('run-2')).toEqual(run());
    expect(await runs.get('run-3')).toBeUndefined();
  });

  it('forgets after the days it is told to', async () => {
    const prefix = newPrefix();
    await createRunStore({ redis, prefix, keepDays: 2 }).save('run-1', maskAll(run()));
    expect(await redis.ttl(`${prefix}:run:run-1`)).toBeLessThanOrEqual(2 * 86_400);
    expect(await redis.ttl(`${prefix}:run:run-1`)).toBeGreaterThan(86_400);
  });

  it('forgets the oldest beyond the number it is told to keep', async () => {
    const runs = createRunStore({ redis, prefix: newPrefix(), keepMost: 2 });
    for (const id of ['run-1', 'run-2', 'run-3']) await runs.save(id, maskAll(run()));
    await runs.save('run-3', maskAll(run()));
    expect(await runs.get('run-1')).toBeUndefined();
    expect(await runs.get('run-2')).toEqual(run());
    expect(await runs.get('run-3')).toEqual(run());
  });
});
