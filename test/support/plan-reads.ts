import { checks } from '../../src/checks/index.js';
import { identityReads } from '../../src/cluster/identity/gather-identity.js';
import type { RbacRule } from '../../src/cluster/ports.js';
import { checksOf } from '../../src/engine/planning/checks-of.js';
import { judgesStartOf } from '../../src/engine/planning/start-faults.js';
import type { Remediation } from '../../src/remediations/define-remediation.js';

/** What planning a fix reads: what it declares, and what the checks read of what its pods would start with. */
export function planReads({ reads }: Remediation): readonly RbacRule[] {
  const restarted = reads
    .filter(({ resource }) => resource === 'daemonsets')
    .flatMap(({ names = [] }) => names);
  const asked = checks.filter((check) => judgesStartOf(check, restarted));
  return [...reads, ...identityReads, ...asked.flatMap((check) => check.reads)];
}

/** The same with what its checks read, which prove it. */
export const fixReads = (remediation: Remediation): readonly RbacRule[] => [
  ...planReads(remediation),
  ...checksOf(remediation).flatMap(({ reads }) => reads),
];
