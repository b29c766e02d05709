import type { Finding } from '../../checks/judging/define-check.js';
import { listed } from '../../checks/listed.js';
import { labelOf } from '../../cluster/object-label.js';
import type { ClusterReader } from '../../cluster/ports.js';
import { AcknetError } from '../../errors.js';
import type { Proposal } from '../../proposals/proposal.js';
import { isRestart, type StepOf } from '../../proposals/step.js';
import type { Change, Plan } from '../../remediations/define-remediation.js';
import { applySplice, invertSplice } from './facts/document-splice.js';
import { type ObjectState, readObject, valueAt } from './facts/object-state.js';
import { type FieldChange, objectWrites, standingOf } from './facts/object-writes.js';
import { type RollChange, rollChanges } from './facts/rollout-facts.js';
import { startFaults } from './start-faults.js';

/**
 * The inverse of what a fix wrote, and a restart of the pods that took it up. Where a pod that starts with the old
 * values would fail, nodes that were well before the fix and are well with it keep it: an undo brings back what was,
 * and makes nothing worse than it was. Throws
 * `plan.refused` where a value is no longer the one that it wrote.
 */
export async function planUndo(original: Proposal, reader: ClusterReader, now: Date): Promise<Plan> {
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
  const rolls = rollChanges(original.changes);
  const all = rolls.flatMap((roll) => rollBack(original, roll, () => true));
  const faults = await startFaults(reader, [...changes, ...all], now);
  const restarts = (step: RestartStep): boolean => !wasWell(step) || !faults.some(meets(step));
  return {
    changes: [...changes, ...rolls.flatMap((roll) => rollBack(original, roll, restarts))],
    warnings: warningsOf(original, { restarts, comesBack: faults.length > 0 }),
  };
}

type RestartStep = StepOf<'restart'>;

/** Before the fix and with it. */
const wasWell = ({ wasReady, state }: RestartStep): boolean => wasReady === 'True' && state === 'done';

/** A fault of a node is met there alone. */
const meets =
  ({ node }: RestartStep) =>
  ({ about }: Finding): boolean =>
    about.kind !== 'Node' || about.name === node;

/**
 * Only pods that the fix restarted run what it wrote. Nodes that were broken before it have least to lose by its undo,
 * so they come first, whatever they are now.
 */
function rollBack(
  { steps }: Proposal,
  { canary: _, nodes: __, ...roll }: RollChange,
  restarts: (step: RestartStep) => boolean,
): Change[] {
  const own = steps.filter(isRestart).filter(({ daemonSet }) => daemonSet === roll.about.name);
  const begun = own.filter((step) => step.state !== 'pending' && restarts(step));
  if (begun.length === 0) return [];
  const broken = begun.filter(({ wasReady }) => wasReady === 'False').map(({ node }) => node);
  return [
    {
      ...roll,
      nodes: begun.map(({ node }) => node).sort(),
      canary: broken.length > 0 ? broken.sort() : undefined,
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

interface Return {
  readonly restarts: (step: RestartStep) => boolean;
  /** Pods that start with the old values are known to fail. */
  readonly comesBack: boolean;
}

function warningsOf({ undo, changes, steps, finding }: Proposal, { restarts, comesBack }: Return): string[] {
  const begun = steps.filter(isRestart).filter(({ state }) => state !== 'pending');
  const unwell = begun.filter(({ wasReady }) => wasReady === 'False').map(({ node }) => node);
  const kept = begun.filter((step) => !restarts(step)).map(({ node }) => node);
  const drained = changes.some(({ verb }) => verb === 'drain');
  return [
    ...(finding === undefined
      ? []
      : [`This brings back what the fix was for. Before the fix: ${finding.message}`]),
    ...(unwell.length > 0
      ? [
          `Nodes that were NotReady before the fix: ${unwell.length}; they ${comesBack ? 'will' : 'may'} be again, and are restarted first: ${listed(unwell.sort())}.`,
        ]
      : []),
    ...(kept.length > 0
      ? [
          `Not restarted, because a pod that starts with the old values fails: ${listed(kept.sort())}. These nodes were well before the fix, and keep what it wrote until their pods restart.`,
        ]
      : []),
    ...(drained
      ? ['Evicted pods do not come back to the node by themselves: only the cordon is lifted.']
      : []),
    ...(undo === 'partial' && !drained ? ['Not everything that the fix did can be put back.'] : []),
  ];
}
