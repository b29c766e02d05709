import { labelOf } from '../../cluster/object-label.js';
import type { ClusterReader } from '../../cluster/ports.js';
import type { Proposal, StoredChange } from '../../proposals/proposal.js';
import type { Risk } from '../../remediations/define-remediation.js';
import { dataDigest, readObject } from './object-state.js';
import { objectWrites } from './object-writes.js';
import { canonical, planDigest } from './plan-digest.js';
import { gatherRollout, type RolloutFacts, rollChanges } from './rollout-facts.js';

export interface PlanFacts {
  readonly changes: readonly StoredChange[];
  readonly rollouts: readonly RolloutFacts[];
  readonly risk: Risk;
  readonly digest: string;
}

const order: readonly Risk[] = ['low', 'medium', 'high'];
export const higherRisk = (a: Risk, b: Risk): Risk => (order.indexOf(a) >= order.indexOf(b) ? a : b);

/** Everything an approval is for, read afresh; made the same way for the card and again before the write. */
export async function gatherPlanFacts(
  reader: ClusterReader,
  changes: readonly StoredChange[],
  planned: Risk,
): Promise<PlanFacts> {
  const rollouts = await Promise.all(rollChanges(changes).map((change) => gatherRollout(reader, change)));
  const states = await Promise.all(
    objectWrites(changes).map(async ({ about }) => [
      labelOf(about),
      dataDigest(await readObject(reader, about)),
    ]),
  );
  const surprises = rollouts.some(({ rollout }) => rollout.alsoChanges.length > 0);
  const risk = surprises ? 'high' : planned;
  const digest = planDigest({
    changes,
    objects: Object.fromEntries(states),
    alsoChanges: rollouts.map(({ rollout }) => rollout),
    risk,
  });
  return { changes, rollouts, risk, digest };
}

/** What differs between the card and the cluster now, in words; said with `stale`. */
export function describeMove(proposal: Proposal, facts: PlanFacts): string {
  if (canonical(proposal.changes) !== canonical(facts.changes))
    return `The change itself would be another one now: ${changedLabels(proposal, facts).join(', ')} moved since the card was made.`;
  const also = canonical(proposal.rollouts.map(({ alsoChanges }) => alsoChanges));
  if (also !== canonical(facts.rollouts.map(({ rollout }) => rollout.alsoChanges)))
    return 'The restart would bring other pods than the card says: the DaemonSet was changed, or pods were replaced, since.';
  if (proposal.risk !== facts.risk)
    return `The risk is ${facts.risk} now, and the card said ${proposal.risk}.`;
  const labels = objectWrites(proposal.changes).map(({ about }) => labelOf(about));
  return `Other data of ${labels.join(', ')} was changed since the card was made.`;
}

function changedLabels(proposal: Proposal, facts: PlanFacts): string[] {
  const texts = (changes: readonly StoredChange[]) => new Set(changes.map((change) => canonical(change)));
  const [then, now] = [texts(proposal.changes), texts(facts.changes)];
  const moved = [
    ...proposal.changes.filter((change) => !now.has(canonical(change))),
    ...facts.changes.filter((change) => !then.has(canonical(change))),
  ];
  return [...new Set(moved.map(({ about }) => labelOf(about)))];
}
