import type { ObjectRef } from '../../src/cluster/ports.js';
import type { Remediation } from '../../src/remediations/define-remediation.js';
import { addFlannelCniVersion } from '../../src/remediations/flannel/add-flannel-cni-version.js';

export interface FaultCase {
  readonly remediation: Remediation;
  readonly scenario: string;
  readonly target?: ObjectRef;
  readonly params?: Record<string, unknown>;
  readonly finding?: { readonly id: string; readonly message: string; readonly about: ObjectRef };
  /** Runs the whole matrix; the others only one kill. `npm run test:faults -- --all` runs it for every case. */
  readonly full: boolean;
}

const flannelConfig = { kind: 'ConfigMap', namespace: 'kube-system', name: 'kube-flannel-cfg' };

/** One for each kind of change at least. */
export const faultCases: readonly FaultCase[] = [
  {
    remediation: addFlannelCniVersion,
    scenario: 'flannel-broken',
    finding: { id: 'flannel-cni-version.missing', message: 'no cniVersion', about: flannelConfig },
    full: true,
  },
];

export const wanted = (fault: FaultCase): boolean => fault.full || process.env.ACKNET_FAULTS === 'all';
