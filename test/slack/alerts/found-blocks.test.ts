import { describe, expect, it } from '@jest/globals';
import type { Incident } from '../../../src/jobs/alerts/incident.js';
import { incidentView } from '../../../src/slack/alerts/views/incident.js';
import { plainText } from '../../support/read-message.js';
import { sampleClear, sampleRun } from '../../support/sample-run.js';
import { expectSendable } from '../expect-sendable.js';

const at = '2026-11-24T03:00:00Z';
const incident: Incident = {
  ...{ id: 'i1', cluster: 'cluster-x', channel: 'C0OPS', left: 0, again: 0 },
  ...{ openedAt: at, toldAt: at, grewAt: at },
  alerts: {
    f1: {
      name: 'KubeNodeNotReady',
      firing: true,
      startsAt: at,
      checks: ['flannel-version'],
      only: 'cluster',
    },
  },
};
const other = {
  ...sampleClear('flannel-version'),
  ...{ outcome: 'not-applicable' as const, reason: 'No Flannel runs here.' },
};

describe('what was found of an incident', () => {
  it('is nothing where the checks that its rule names do not apply: it says so, and to look elsewhere', () => {
    const found = { run: sampleRun({ checks: [other], symptoms: [] }), muted: [], offers: [] };
    const message = incidentView({ incident, isChecked: false, found });
    const text = plainText(message);
    expectSendable(message);
    expect(text).toContain('*Not checked: the check does not apply: No Flannel runs here*');
    expect(text).toContain('look elsewhere too');
    expect(text).not.toMatch(/acknet found|Ruled out|no problem/);
  });
});
