import { randomUUID } from 'node:crypto';
import type { Proposal } from '../../src/proposals/proposal.ts';
import type { StepOf } from '../../src/proposals/step.ts';

export const sampleNow = new Date('2026-03-01T12:00:00.000Z');

/** A proposal as the engine drafts one, for what only needs its frame. */
export function sampleProposal(fields: Partial<Proposal> = {}): Proposal {
  return {
    id: randomUUID(),
    cluster: 'cluster-x',
    remediation: 'add-flannel-cni-version',
    title: 'Add cniVersion to the Flannel config and restart Flannel',
    intent: 'flannel-cni-version',
    params: {},
    finding: {
      id: 'flannel-cni-version.missing',
      check: 'flannel-cni-version',
      message: 'ConfigMap kube-flannel-cfg has no cniVersion.',
      about: { kind: 'ConfigMap', namespace: 'kube-system', name: 'kube-flannel-cfg' },
    },
    changes: [
      {
        verb: 'roll-pods',
        about: { kind: 'DaemonSet', namespace: 'kube-system', name: 'kube-flannel-ds' },
        selector: 'app=flannel',
      },
    ],
    digest: 'd1',
    basis: [],
    diffs: [],
    rollouts: [],
    risk: 'medium',
    undo: 'restore',
    after: 'clear',
    warnings: [],
    dryRun: { ok: true },
    state: 'proposed',
    requestedBy: { user: 'U0ASKER', team: 'T0HOME' },
    votes: [],
    quorum: 1,
    requireReason: false,
    createdAt: sampleNow.toISOString(),
    expiresAt: new Date(sampleNow.getTime() + 1_800_000).toISOString(),
    steps: [],
    run: 'run-1',
    ...fields,
  };
}

/** A step that writes the sample's ConfigMap. */
export const sampleStep = (fields: Partial<StepOf<'write'>> = {}): StepOf<'write'> => ({
  kind: 'write',
  id: 'write-1',
  title: 'Write ConfigMap kube-system/kube-flannel-cfg',
  state: 'pending',
  about: { kind: 'ConfigMap', namespace: 'kube-system', name: 'kube-flannel-cfg' },
  ...fields,
});
