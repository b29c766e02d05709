import { describe, expect, it } from '@jest/globals';
import type { CheckResult, CheckRun } from '../../../../src/engine/checking/check-run.js';
import { resultView } from '../../../../src/slack/checks/views/result.js';
import { unreadCauses } from '../../../../src/slack/checks/views/causes/unread-causes.js';
import { plainText } from '../../../support/read-message.js';

const check = (n: number, unknown?: CheckResult['unknown']): CheckResult => ({
  ...{ id: `check-${n}`, title: `Check ${n}`, area: 'flannel', intents: [], findings: [], facts: [] },
  ...(unknown === undefined ? { outcome: 'clear' } : { outcome: 'unknown', unknown }),
});
const forbidden = { code: 'cluster.forbidden', detail: 'nodes is forbidden' } as const;
const late = { code: 'cluster.timed-out', detail: 'no answer within 15000 ms' } as const;
const absent = { code: 'cluster.not-found', detail: 'There is no ConfigMap coredns.' } as const;

const runOf = (...checks: CheckResult[]): CheckRun => ({
  ...{ schema: 1, cluster: 'cluster-x', startedAt: '2026-11-24T10:00:00Z', durationMs: 10, checks },
  identity: {
    plugin: { known: false, code: 'cluster.forbidden', detail: '' },
    flavor: 'unknown',
    dualStack: 'unknown',
  },
});

describe('what kept checks from reading the cluster', () => {
  it('is said widest first, each once; an object that is not there is no fault', () => {
    const run = runOf(check(1, late), check(2, forbidden), check(3, forbidden), check(4, absent), check(5));
    expect(unreadCauses(run)).toEqual(['nodes is forbidden', 'no answer within 15000 ms']);
  });

  it('stands in the result and in the line that a notification shows', () => {
    const { first } = resultView({
      ...{
        runId: 'r1',
        run: runOf(check(1, forbidden)),
        requestedBy: 'U0ANA',
        muted: [],
        offers: [],
        refusals: [],
      },
      ...{ entries: new Map(), blind: 0, changes: undefined, scope: undefined },
    });
    expect(first.text).toContain('nodes is forbidden');
    expect(plainText({ blocks: first.blocks })).toContain('nodes is forbidden');
  });
});
