import { describe, expect, it } from '@jest/globals';
import type { CheckRun } from '../../../src/engine/checking/check-run.ts';
import { recentlyMended } from '../../../src/jobs/check/recently-mended.ts';
import type { Proposal } from '../../../src/proposals/proposal.ts';
import { sampleProposal } from '../../support/sample-proposal.ts';

const NOW = new Date('2026-11-24T03:00:00Z');
const about = { kind: 'ConfigMap', namespace: 'kube-system', name: 'kube-flannel-cfg' } as const;
const missing = {
  id: 'flannel-cni-version.missing',
  check: 'flannel-cni-version',
  severity: 'problem',
  message: 'cniVersion is missing.',
  data: {},
  about,
  evidence: [],
} as const;
const elsewhere = { ...missing, about: { ...about, name: 'another' }, message: 'Another is missing.' };
const run = { checks: [{ findings: [missing, elsewhere] }] } as unknown as CheckRun;

async function mended(fields: Partial<Proposal>): Promise<readonly string[]> {
  const proposal = sampleProposal({
    state: 'fixed',
    appliedAt: '2026-11-24T02:57:00Z',
    endedAt: '2026-11-24T02:58:00Z',
    finding: { id: missing.id, check: missing.check, message: missing.message, about },
    run: 'r1',
    ...fields,
  });
  const fixes = await recentlyMended(
    {
      store: { history: async () => [proposal] },
      runs: {
        get: async (id) => (id === 'r1' ? run : undefined),
        last: async () => ({ runId: 'r0', run }),
      },
      now: () => NOW,
    },
    'cluster-x',
  );
  return fixes.map(
    ({ at, findings }) => `${at.toISOString()}: ${findings.map((finding) => finding.about.name).join(', ')}`,
  );
}

describe('what was mended lately', () => {
  it.each<[string, Partial<Proposal>, readonly string[]]>([
    ['is what a fix was made for, since its last step', {}, ['2026-11-24T02:57:00.000Z: kube-flannel-cfg']],
    [
      'is known before the fix is proven',
      { state: 'unproven' },
      ['2026-11-24T02:57:00.000Z: kube-flannel-cfg'],
    ],
    [
      'is all that a fix started by command mends, by the last run',
      { finding: undefined, run: undefined, remediation: 'add-flannel-cni-version' },
      ['2026-11-24T02:57:00.000Z: kube-flannel-cfg, another'],
    ],
    ['has no finding where its run is not kept', { run: 'r9' }, ['2026-11-24T02:57:00.000Z: ']],
    ['is nothing where the problem is still there', { state: 'still-found' }, []],
    ['is nothing where it was put back', { undone: 'done' }, []],
    ['is no undo', { undoes: 'another-proposal-0001' }, []],
    ['is nothing of an hour ago', { appliedAt: '2026-11-24T02:00:00Z' }, []],
  ])('%s', async (_what, fields, expected) => {
    expect(await mended(fields)).toEqual(expected);
  });
});
