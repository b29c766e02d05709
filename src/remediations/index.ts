import type { Remediation } from './define-remediation.js';
import { addFlannelCniVersion } from './flannel/add-flannel-cni-version.js';

/** Every remediation there is, by id. */
export const remediations: readonly Remediation[] = [addFlannelCniVersion];

export function findRemediation(id: string): Remediation | undefined {
  return remediations.find((remediation) => remediation.id === id);
}

/** Those that may be offered for a finding, e.g. `flannel-cni-version.missing`. */
export function remediationsFor(finding: string): readonly Remediation[] {
  return remediations.filter(({ fixes }) => fixes.includes(finding));
}
