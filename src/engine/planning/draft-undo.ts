import { readClusterUid } from '../../cluster/identity/cluster-uid.js';
import { labelOf } from '../../cluster/object-label.js';
import type { ClusterAccess, ClusterReader } from '../../cluster/ports.js';
import { AcknetError } from '../../errors.js';
import type { Basis } from '../../proposals/basis.js';
import { mayBeUndone } from '../../proposals/may-be-undone.js';
import type { Person, Proposal } from '../../proposals/proposal.js';
import type { Plan, Risk } from '../../remediations/define-remediation.js';
import { type Draft, frameOf, type ProposalTerms, refusing } from './draft-proposal.js';
import { dryRun } from './dry-run.js';
import { movedFacts } from './facts/moved-facts.js';
import { nameWriters } from './facts/name-writers.js';
import { fieldName, objectWrites } from './facts/object-writes.js';
import { storeChanges } from './plan-digest.js';
import { gatherPlanFacts } from './plan-facts.js';
import { planUndo } from './plan-undo.js';
import { startFaults } from './start-faults.js';

interface UndoInput {
  readonly original: Proposal;
  readonly access: ClusterAccess;
  readonly now: Date;
  readonly nextId: () => string;
  readonly signal: AbortSignal;
  readonly terms: (risk: Risk) => ProposalTerms;
  /** Who asks for the undo. */
  readonly by: Person;
  readonly thread?: Proposal['thread'] | undefined;
}

/** A proposal that puts the values of `original` back and repeats its roll-out; saves nothing. */
export function draftUndo(input: UndoInput): Promise<Draft> {
  const { original, access, signal } = input;
  const refusal = refusalOf(original);
  if (refusal !== undefined) return Promise.resolve({ kind: 'refused', reason: refusal });
  return refusing(async () => {
    access.writer(signal);
    const reader = access.reader(signal);
    const plan = await planUndo(original, reader, input.now);
    if (plan.changes.length === 0) return { kind: 'nothing' };
    if (original.clusterUid !== undefined && (await readClusterUid(reader)) !== original.clusterUid)
      throw new AcknetError(
        'plan.refused',
        `The fix was made on another cluster than the one that ${access.name} is now.`,
      );
    const facts = await gatherPlanFacts(reader, storeChanges(plan.changes), original.risk);
    const warnings = [...plan.warnings, ...(await hazards(reader, input, { plan, basis: facts.basis }))];
    const rehearsal = await dryRun({ access, reader, ...facts, signal });
    const proposal: Proposal = {
      ...frameOf({
        cluster: access.name,
        plan: { ...plan, warnings },
        facts,
        ...input,
        thread: input.thread ?? original.thread,
      }),
      remediation: original.remediation,
      title: `Undo: ${original.title}`,
      intent: original.intent,
      params: original.params,
      finding: original.finding,
      target: original.target,
      undo: 'none',
      after: 'unchanged',
      undoes: original.id,
      requestedBy: original.requestedBy ?? input.by,
      undoAskedBy: input.by,
      dryRun: rehearsal,
    };
    return { kind: 'proposal', proposal };
  });
}

/** An undo is not refused for what it brings back: its card says so. */
async function hazards(
  reader: ClusterReader,
  { original, now }: UndoInput,
  { plan, basis }: { plan: Plan; basis: Basis },
): Promise<string[]> {
  const faults = await startFaults(reader, plan.changes, now);
  const own = new Map(
    objectWrites(original.changes).map(({ about, changes }) => [labelOf(about), changes.map(fieldName)]),
  );
  const moved = original.basis.flatMap((then) => {
    const label = labelOf(then.about);
    const facts = basis.find(({ about }) => labelOf(about) === label)?.facts;
    return facts === undefined ? [] : movedFacts(then, facts, own.get(label));
  });
  return [
    ...faults
      .filter(({ id }) => id !== original.finding?.id)
      .map(({ message }) => `Pods that restart will meet this: ${message}`),
    ...(moved.length > 0
      ? [
          `Changed by others since the fix, and left so; pods that restart take it up: ${await nameWriters(reader, moved)}.`,
        ]
      : []),
  ];
}

function refusalOf(original: Proposal): string | undefined {
  if (original.undoes !== undefined) return 'An undo is not undone: ask for the fix again instead.';
  if (original.undo === 'none') return `${original.title}: this cannot be undone.`;
  if (original.undoneBy !== undefined) return 'This fix was undone already.';
  if (mayBeUndone(original)) return undefined;
  const about = original.changes[0]?.about;
  return `Nothing was written${about ? ` to ${labelOf(about)}` : ''}, so there is nothing to undo (the fix is ${original.state}).`;
}
