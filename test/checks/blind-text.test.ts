import { describe, expect, it } from '@jest/globals';
import { blindText } from '../../src/checks/judging/blind-text.js';
import { checks } from '../../src/checks/index.js';
import { blindIn } from '../../src/engine/checking/check-report.js';
import type { CheckRun } from '../../src/engine/checking/check-run.js';
import { loadIntents } from '../../src/intents/load-intents.js';

const snat = { id: 'vswitch-no-internet', blind: 'SNAT is not in Kubernetes.' };
const WOULD =
  'SNAT is not in Kubernetes. Connecting the cloud (docs/cloud.md) would show which pod vSwitches have an SNAT entry and a default route.';

describe('what acknet cannot see of an entry', () => {
  it('is nothing where the cloud answers it, and what connecting it would show where it is not connected', () => {
    expect(blindText(snat, { checks, connected: true })).toBeUndefined();
    expect(blindText(snat, { checks, connected: false })).toBe(WOULD);
  });

  it('stays where the cloud shows nothing of it either', () => {
    const dmesg = { id: 'terway-mac-not-found', blind: 'Only dmesg tells.' };
    for (const connected of [true, false])
      expect(blindText(dmesg, { checks, connected })).toBe('Only dmesg tells.');
    expect(blindText({ id: 'vswitch-no-internet' }, { checks, connected: false })).toBeUndefined();
  });

  it.each([
    ['read', 'connected', undefined, true, undefined],
    ['not permitted', 'connected', 'cloud.forbidden', undefined, snat.blind],
    [
      'not permitted, beside what the cluster did not tell',
      'connected',
      'cluster.not-found',
      undefined,
      snat.blind,
    ],
    ['given up with the run', 'connected', 'check.deadline', undefined, snat.blind],
    ['spared', 'connected', undefined, undefined, snat.blind],
    ['open for want of evidence', 'connected', 'check.no-evidence', true, undefined],
    ['not connected', 'absent', undefined, undefined, WOULD],
    ['of a version that knew no cloud', undefined, undefined, undefined, WOULD],
  ] as const)('in a run whose cloud was %s', (_what, cloud, code, cloudSeen, expected) => {
    const check = { id: 'snat-facts', unknown: code && { code, detail: '' }, cloudSeen };
    const run = { cloud, checks: [check] } as unknown as CheckRun;
    expect(blindIn(run, snat)).toBe(expected);
  });

  it('stays where the check that would answer it did not run', () => {
    expect(blindIn({ cloud: 'connected', checks: [] }, snat)).toBe(snat.blind);
  });

  it('is promised only for entries that have such a text', async () => {
    const blind = (await loadIntents('intents')).filter((intent) => intent.blind).map(({ id }) => id);
    const promised = checks.flatMap(({ cloud }) => cloud?.settles ?? []);
    expect(promised.filter((id) => !blind.includes(id))).toEqual([]);
  });
});
