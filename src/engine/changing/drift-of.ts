import { unlessAbsent } from '../../cluster/absent.js';
import { readClusterUid } from '../../cluster/identity/cluster-uid.js';
import { labelOf } from '../../cluster/object-label.js';
import { nodes } from '../../cluster/views/node.js';
import { isAcknetError } from '../../errors.js';
import type { Basis } from '../../proposals/basis.js';
import type { Step, StepOf } from '../../proposals/step.js';
import { factsOf, gatherBasis, hostFacts } from '../planning/facts/gather-basis.js';
import type { Moved } from '../planning/facts/moved.js';
import { movedFacts } from '../planning/facts/moved-facts.js';
import { nameWriters } from '../planning/facts/name-writers.js';
import { type ObjectState, readObject } from '../planning/facts/object-state.js';
import {
  fieldName,
  movedFields,
  type ObjectWrite,
  objectWrites,
  standingOf,
} from '../planning/facts/object-writes.js';
import type { ApplyRun } from './apply-run.js';
import { movedPods } from './moved-pods.js';

/** What is not as it was approved any more, apart from what acknet itself has written so far; undefined = nothing. */
export async function driftOf(run: ApplyRun, next?: Step): Promise<string | undefined> {
  const elsewhere = await otherCluster(run);
  if (elsewhere !== undefined) return elsewhere;
  const writes = objectWrites(run.proposal.changes).filter(({ id }) => id !== next?.id);
  const moved = [
    ...(await Promise.all(writes.map((write) => ownFields(run, write)))).flat(),
    ...(await besides(run, next)),
    ...(next?.kind === 'restart' ? await hostMoved(run, next) : []),
    ...(await movedPods(run, next)),
  ];
  if (moved.length > 0)
    return `${await nameWriters(run.reader, moved)}: changed by someone else since this was approved, so acknet stopped.`;
  return preconditionGone(run);
}

/** A kubeconfig can come to lead elsewhere at any moment; what differs there is then no drift, and nothing to undo. */
async function otherCluster({ reader, proposal }: ApplyRun): Promise<string | undefined> {
  const now = await readClusterUid(reader);
  if (now === proposal.clusterUid) return undefined;
  return now === undefined
    ? `Which cluster answers to the name ${proposal.cluster} can no longer be read (uid of namespace kube-system), so acknet stopped.`
    : `Another cluster answers to the name ${proposal.cluster} now than the one this was approved for, so acknet stopped.`;
}

/** The fields that acknet writes: as they were before its write, and as it wrote them after. */
async function ownFields(run: ApplyRun, write: ObjectWrite): Promise<readonly Moved[]> {
  const state = await unlessAbsent(readObject(run.reader, write.about));
  if (state === undefined) return [];
  const step = run.proposal.steps.find(({ id }) => id === write.id)?.state;
  const expected = step === 'done' ? 'after' : 'before';
  const standing = standingOf(write, state);
  if (standing === expected || (step !== 'done' && standing === 'after')) return [];
  return movedFields(write, state, expected === 'after' ? 'to' : 'from');
}

async function besides({ proposal, reader }: ApplyRun, next: Step | undefined): Promise<readonly Moved[]> {
  const writes = objectWrites(proposal.changes);
  const now = await gatherBasis(reader, proposal.changes);
  return proposal.basis.flatMap((then) => {
    const label = labelOf(then.about);
    const write = writes.find(({ about }) => labelOf(about) === label);
    // The step that writes it looks for itself, at the very version that it writes to.
    if (write !== undefined && write.id === next?.id) return [];
    const facts = now.find(({ about }) => labelOf(about) === label)?.facts ?? [];
    return movedFacts(then, facts, write?.changes.map(fieldName) ?? []);
  });
}

/** The same for one object, as it was read for a write. */
export function movedBeside(basis: Basis, write: ObjectWrite, state: ObjectState): readonly Moved[] {
  const then = basis.find(({ about }) => labelOf(about) === labelOf(write.about));
  return then === undefined ? [] : movedFacts(then, factsOf(state), write.changes.map(fieldName));
}

/** A node that is gone is no drift: there is nothing to restart on it. */
async function hostMoved({ reader }: ApplyRun, { node, host }: StepOf<'restart'>): Promise<readonly Moved[]> {
  const now = host.length === 0 ? undefined : await unlessAbsent(reader.get(nodes, { name: node }));
  return now === undefined
    ? []
    : movedFacts({ about: { kind: 'Node', name: node }, facts: host }, hostFacts(now));
}

/** What the fix was made for, where that is no field of an object it knows. An undo is bound to its values alone. */
async function preconditionGone({ ports, proposal, reader }: ApplyRun): Promise<string | undefined> {
  const remediation = ports.remediation(proposal.remediation);
  if (proposal.undoes !== undefined || remediation?.mustHold === undefined) return undefined;
  const { target, params } = proposal;
  try {
    await remediation.mustHold(reader, { target, params, now: ports.now() });
    return undefined;
  } catch (error) {
    if (!isAcknetError(error, 'plan.refused')) throw error;
    return `A precondition no longer holds: ${error.message}`;
  }
}
