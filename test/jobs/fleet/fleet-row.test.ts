import { describe, expect, it } from '@jest/globals';
import type { CheckResult, CheckRun } from '../../../src/engine/checking/check-run.ts';
import { AcknetError, type ShownCode } from '../../../src/errors.ts';
import { failedFleetRow, fleetRowOf } from '../../../src/jobs/fleet/fleet-row.ts';

const finding = (message: string, more: Partial<CheckResult['findings'][number]> = {}) => ({
  ...{ id: 'a.b', check: 'a', severity: 'problem' as const, message, data: {}, evidence: [] },
  about: { kind: 'Node', name: 'n' },
  ...more,
});
/** Symptoms that nothing accounts for, in a run that was not asked about them. */
const waiting = (count: number) =>
  finding('pods wait', { id: 'unexplained.podsWaiting', severity: 'advice', data: { count } });
const evidence = (n: number) => Array.from({ length: n }, () => ({ where: 'w', value: 'v' }));
const check = (outcome: CheckResult['outcome'], more: Partial<CheckResult> = {}): CheckResult => ({
  ...{ id: 'a', title: 'A', area: 'flannel', intents: [], findings: [], facts: [], outcome },
  ...more,
});
const runOf = (...checks: CheckResult[]): CheckRun => ({
  ...{ schema: 1, cluster: 'cluster-x', startedAt: '2026-11-24T03:00:00Z', durationMs: 1, checks },
  identity: { plugin: { known: true, name: 'flannel' }, flavor: 'managed', dualStack: false },
});
const unknown = (detail: string, code: ShownCode = 'cluster.forbidden') =>
  check('unknown', { unknown: { code, detail } });
const mute = {
  ...{ cluster: 'cluster-x', finding: 'a.b', reason: 'r', by: { user: 'U', team: 'T' } },
  ...{ at: '2026-11-24T03:00:00Z', until: '2026-12-24T03:00:00Z' },
};

describe('the row of a cluster', () => {
  it.each([
    [
      'shows the finding with most to show for it',
      runOf(
        check('found', {
          findings: [finding('small'), finding('large', { id: 'a.c', evidence: evidence(3) })],
        }),
      ),
      { outcome: 'found', problems: 2, detail: 'large' },
    ],
    [
      'is found even where another check could not tell',
      runOf(unknown('No list.'), check('found', { findings: [finding('it')] })),
      { outcome: 'found', unread: 1, detail: 'it' },
    ],
    [
      'is unknown where one of several clear checks could not tell',
      runOf(check('clear'), unknown('No list.'), unknown('No list.')),
      { outcome: 'unknown', unread: 2, detail: 'No list.' },
    ],
    [
      'is clear',
      runOf(check('clear'), check('not-applicable', { reason: 'No Terway.' })),
      { outcome: 'clear' },
    ],
    [
      'is not applicable only where no check applies',
      runOf(check('not-applicable', { reason: 'No Terway.' })),
      { outcome: 'not-applicable', detail: 'No Terway.' },
    ],
    [
      'is not applicable where the one check asked for does not apply, whatever else shows in the cluster',
      runOf(
        check('not-applicable', { reason: 'No Flannel.' }),
        check('found', { id: 'unexplained', findings: [waiting(1)] }),
      ),
      { outcome: 'not-applicable', detail: 'No Flannel.', advice: 0, beside: 1 },
    ],
    [
      'calls no advice what shows beside the check that was asked for',
      runOf(
        check('found', { findings: [finding('hint', { severity: 'advice' })] }),
        check('clear', { id: 'unexplained', findings: [waiting(3), waiting(2)] }),
      ),
      { outcome: 'clear', advice: 1, beside: 5 },
    ],
    [
      'counts advice and finds nothing by it',
      runOf(check('found', { findings: [finding('hint', { severity: 'advice' })] })),
      { outcome: 'clear', problems: 0, advice: 1 },
    ],
    [
      'remembers that its run was cancelled',
      runOf(unknown('Cancelled.', 'check.cancelled')),
      { outcome: 'unknown', cancelled: true },
    ],
  ])('%s', (_what, run, row) => {
    expect(fleetRowOf('r', run, [])).toMatchObject({ cluster: 'cluster-x', runId: 'r', ...row });
  });

  it('counts what is muted apart, and finds nothing by it', () => {
    const run = runOf(check('found', { findings: [finding('it'), finding('other', { id: 'a.c' })] }));
    expect(fleetRowOf('r', run, [mute])).toMatchObject({
      outcome: 'found',
      problems: 1,
      muted: 1,
      detail: 'other',
    });
    const only = runOf(check('found', { findings: [finding('it')] }));
    expect(fleetRowOf('r', only, [mute])).toMatchObject({ outcome: 'clear', problems: 0, muted: 1 });
  });

  it('whose check did not run says why, and no longer than a line of a message', () => {
    const row = failedFleetRow('r', 'cluster-x', new AcknetError('job.abandoned', 'é😀'.repeat(2000)));
    expect(row.outcome).toBe('unknown');
    expect([...(row.detail ?? '')].length).toBeLessThanOrEqual(1000);
    expect(row.detail?.endsWith('…')).toBe(true);
  });
});
