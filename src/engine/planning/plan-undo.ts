import { labelOf } from '../../cluster/object-label.js';
import type { ClusterReader } from '../../cluster/ports.js';
import { AcknetError } from '../../errors.js';
import type { Proposal } from '../../proposals/proposal.js';
import { isRestart } from '../../proposals/step.js';
import type { Change, Plan } from '../../remediations/define-remediation.js';
import { applySplice, invertSplice } from './facts/document-splice.js';
import { type ObjectState, readObject, valueAt } from './facts/object-state.js';
import { type FieldChange, objectWrites, standingOf } from './facts/object-writes.js';
import { type RollChange, rollChanges } from './facts/rollout-facts.js';

/** The inverse of what a fix wrote. Throws `plan.refused` where a value is no longer the one that it wrote. */
export async function planUndo(original: Proposal, reader: ClusterReader): Promise<Plan> {
  const changes: Change[] = [];
  for (const write of objectWrites(original.changes)) {
    const state = await readObject(reader, write.about);
    const standing = standingOf(write, state);
    if (standing === 'moved') throw changedSince(labelOf(write.about));
    // 'before': the fix ended before it reached this object.
    if (standing === 'after')
      changes.push(...[...write.changes].reverse().map((change) => invert(change, state)));
  }
  if (changes.length === 0) return { changes: [], warnings: [] };
  const rolls = rollChanges(original.changes).flatMap((roll) => rollBack(original, roll));
  return { changes: [...changes, ...rolls], warnings: warningsOf(original) };
}

/**
 * Only pods that the fix restarted run what it wrote. Nodes that were broken before it have least to lose by its undo,
 * so they come first, whatever they are now.
 */
function rollBack({ steps }: Proposal, { canary: _, nodes: __, ...roll }: RollChange): Change[] {
  const restarts = steps.filter(isRestart).filter(({ daemonSet }) => daemonSet === roll.about.name);
  const begun = restarts.filter(({ state }) => state !== 'pending');
  if (begun.length === 0) return [];
  const broken = begun.filter(({ wasReady }) => wasReady === 'False').map(({ node }) => node);
  return [
    {
      ...roll,
      nodes: begun.map(({ node }) => node).sort(),
      ...(broken.length > 0 && { canary: broken.sort() }),
    },
  ];
}

function invert(change: FieldChange, state: ObjectState): Change {
  if (change.verb !== 'edit-document') return { ...change, from: change.to, to: change.from } as Change;
  const from = valueAt(state, ['data', change.key]);
  const to = typeof from === 'string' ? applySplice(from, invertSplice(change.splice)) : undefined;
  if (typeof from !== 'string' || to === undefined) throw changedSince(labelOf(change.about));
  const { verb, about, key } = change;
  return { verb, about, key, from, to };
}

const changedSince = (label: string): AcknetError =>
  new AcknetError(
    'plan.refused',
    `${label} was changed after the fix, so putting the old value back would undo that too.`,
    {
      hint: 'Look at who changed it, and put the value back by hand if it is still wanted.',
    },
  );

function warningsOf({ undo, changes, steps, finding }: Proposal): string[] {
  const unwell = steps.filter(isRestart).filter(({ wasReady }) => wasReady === 'False').length;
  const drained = changes.some(({ verb }) => verb === 'drain');
  return [
    ...(finding === undefined ? [] : [`This brings back what the fix was for: ${finding.message}`]),
    ...(unwell > 0
      ? [
          `Nodes that were NotReady before the fix: ${unwell}. They may be so again; the roll-out stops at the first other one.`,
        ]
      : []),
    ...(drained
      ? ['Evicted pods do not come back to the node by themselves: only the cordon is lifted.']
      : []),
    ...(undo === 'partial' && !drained ? ['Not everything that the fix did can be put back.'] : []),
  ];
}
