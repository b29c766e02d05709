import { readClusterUid } from '../../cluster/identity/cluster-uid.js';
import { labelOf } from '../../cluster/object-label.js';
import type { ClusterReader } from '../../cluster/ports.js';
import type { Basis } from '../../proposals/basis.js';
import type { Proposal, StoredChange } from '../../proposals/proposal.js';
import type { Risk } from '../../remediations/define-remediation.js';
import { canonical } from './digest.js';
import { type ForeignField, gatherForeignFields } from './facts/field-owners.js';
import { gatherBasis } from './facts/gather-basis.js';
import { type Drained, gatherDrains } from './facts/gather-drains.js';
import type { Moved } from './facts/moved.js';
import { movedFacts } from './facts/moved-facts.js';
import { nameWriters } from './facts/name-writers.js';
import { objectWrites, pathOf } from './facts/object-writes.js';
import { gatherRollout, type RolloutFacts, rollChanges } from './facts/rollout-facts.js';
import { planDigest } from './plan-digest.js';

export interface PlanFacts {
  /** undefined = not readable. */
  readonly clusterUid: string | undefined;
  readonly changes: readonly StoredChange[];
  readonly rollouts: readonly RolloutFacts[];
  readonly drained: readonly Drained[];
  readonly basis: Basis;
  /** Said on the card; no part of what is approved, as it moves nothing. */
  readonly foreign: readonly ForeignField[];
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
  const [basis, ...rollouts] = await Promise.all([
    gatherBasis(reader, changes),
    ...rollChanges(changes).map((change) => gatherRollout(reader, change)),
  ]);
  const surprises = rollouts.some(({ rollout }) => rollout.alsoChanges.length > 0);
  const risk = surprises ? 'high' : planned;
  const [clusterUid, drained, foreign] = await Promise.all([
    readClusterUid(reader),
    gatherDrains(reader, changes),
    gatherForeignFields(reader, changes),
  ]);
  const digest = planDigest({
    clusterUid,
    changes,
    basis,
    drained,
    alsoChanges: rollouts.map(({ rollout }) => rollout),
    risk,
  });
  return { clusterUid, changes, rollouts, drained, basis, foreign, risk, digest };
}

/** What differs between the card and the cluster now, in words; said with `stale`. */
export async function describeMove(
  reader: ClusterReader,
  proposal: Proposal,
  facts: PlanFacts,
): Promise<string> {
  if (proposal.clusterUid !== facts.clusterUid)
    return `Another cluster answers to the name ${proposal.cluster} now than the one the card was made for.`;
  if (canonical(proposal.changes) !== canonical(facts.changes))
    return `The change itself would be another one now: ${await nameWriters(reader, changedPlaces(proposal, facts))} moved since the card was made.`;
  const moved = proposal.basis.flatMap((then) =>
    movedFacts(then, facts.basis.find(({ about }) => labelOf(about) === labelOf(then.about))?.facts ?? []),
  );
  if (moved.length > 0)
    return `Changed by someone else since the card was made: ${await nameWriters(reader, moved)}.`;
  const also = canonical(proposal.rollouts.map(({ alsoChanges }) => alsoChanges));
  if (also !== canonical(facts.rollouts.map(({ rollout }) => rollout.alsoChanges)))
    return 'The restart would bring other pods than the card says: pods were replaced since.';
  if (proposal.risk !== facts.risk)
    return `The risk is ${facts.risk} now, and the card said ${proposal.risk}.`;
  return 'The pods that would be evicted are not those of the card any more.';
}

/** An object once, whatever of it would be changed otherwise. */
function changedPlaces(proposal: Proposal, facts: PlanFacts): readonly Moved[] {
  const texts = (changes: readonly StoredChange[]) => new Set(changes.map((change) => canonical(change)));
  const [then, now] = [texts(proposal.changes), texts(facts.changes)];
  const changed = [
    ...proposal.changes.filter((change) => !now.has(canonical(change))),
    ...facts.changes.filter((change) => !then.has(canonical(change))),
  ];
  const places = changed.map((change): Moved => {
    const [write] = objectWrites([change]);
    const path = write?.changes[0] && pathOf(write.changes[0]);
    return { about: change.about, path, words: labelOf(change.about) };
  });
  return [...new Map(places.map((place) => [place.words, place])).values()];
}
