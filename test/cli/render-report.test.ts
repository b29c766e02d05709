import { describe, expect, it } from '@jest/globals';
import { renderReport } from '../../src/cli/terminal/render-report.js';
import type { CheckReport } from '../../src/engine/checking/check-report.js';

const steering = '\u001B[2J\u001B]0;owned\u0007\r\u009B31m';

const report: CheckReport = {
  ...{ schema: 1, cluster: 'cluster-x', startedAt: '2026-11-24T00:00:00.000Z', durationMs: 1 },
  ...{ notVisible: [] },
  checks: [
    {
      ...{ id: 'some-check', outcome: 'found', advice: [], facts: [{ label: 'plugin', value: steering }] },
      findings: [
        {
          ...{ id: 'some-check.bad', severity: 'problem', message: `bad ${steering}` },
          about: { kind: 'Pod', name: 'p' },
          evidence: [{ where: 'log', value: `line one\n${steering}line two` }],
        },
      ],
    },
  ],
};

describe('a report on a terminal', () => {
  it('holds nothing that steers it, whatever logs and objects say', () => {
    const text = renderReport(report, '1 cause');
    expect(text).not.toMatch(/(?![\n\t])\p{Cc}/u);
    expect(text).toMatch(/line one\n.*line two/);
  });
});
