import type { Proposal } from '../../proposals/proposal.js';
import { isRestart } from '../../proposals/step.js';
import type { Remediation } from '../../remediations/define-remediation.js';

/** What restarts the pods that a stopped roll-out did not reach; undefined = none are left, or values are. */
export function restartOfLeft(
  remediations: readonly Remediation[],
  { steps, undoes }: Pick<Proposal, 'steps' | 'undoes'>,
): Remediation | undefined {
  const written = steps.filter(({ kind }) => kind === 'write').every(({ state }) => state === 'done');
  const left = steps.filter(isRestart).filter(({ state }) => state !== 'done');
  if (undoes !== undefined || !written || left.length === 0) return undefined;
  return remediations.find(({ restartsPodsOf = [] }) =>
    left.every(({ daemonSet }) => restartsPodsOf.includes(daemonSet)),
  );
}
