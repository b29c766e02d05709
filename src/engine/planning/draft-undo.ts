import { labelOf } from '../../cluster/object-label.js';
import type { ClusterAccess } from '../../cluster/ports.js';
import { mayBeUndone } from '../../proposals/may-be-undone.js';
import type { Person, Proposal } from '../../proposals/proposal.js';
import type { Risk } from '../../remediations/define-remediation.js';
import { type Draft, frameOf, type ProposalTerms, refusing } from './draft-proposal.js';
import { dryRun } from './dry-run.js';
import { storeChanges } from './plan-digest.js';
import { gatherPlanFacts } from './plan-facts.js';
import { planUndo } from './plan-undo.js';

export interface UndoInput {
  readonly original: Proposal;
  readonly access: ClusterAccess;
  readonly now: Date;
  readonly nextId: () => string;
  readonly signal: AbortSignal;
  readonly terms: (risk: Risk) => ProposalTerms;
  /** Who asks for the undo. */
  readonly by: Person;
  readonly thread?: Proposal['thread'];
}

/** A proposal that puts the values of `original` back and repeats its roll-out; saves nothing. */
export function draftUndo(input: UndoInput): Promise<Draft> {
  const { original, access, signal } = input;
  const refusal = refusalOf(original);
  if (refusal !== undefined) return Promise.resolve({ kind: 'refused', reason: refusal });
  return refusing(async () => {
    access.writer(signal);
    const reader = access.reader(signal);
    const plan = await planUndo(original, reader);
    if (plan.changes.length === 0) return { kind: 'nothing' };
    const facts = await gatherPlanFacts(reader, storeChanges(plan.changes), original.risk);
    const rehearsal = await dryRun({ access, reader, ...facts, signal });
    const proposal: Proposal = {
      ...frameOf({ cluster: access.name, plan, facts, ...input, thread: input.thread ?? original.thread }),
      remediation: original.remediation,
      title: `Undo: ${original.title}`,
      intent: original.intent,
      params: original.params,
      ...(original.finding && { finding: original.finding }),
      ...(original.target && { target: original.target }),
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

function refusalOf(original: Proposal): string | undefined {
  if (original.undoes !== undefined) return 'An undo is not undone: ask for the fix again instead.';
  if (original.undo === 'none') return `${original.title}: this cannot be undone.`;
  if (original.undoneBy !== undefined) return 'This fix was undone already.';
  if (mayBeUndone(original)) return undefined;
  const about = original.changes[0]?.about;
  return `Nothing was written${about ? ` to ${labelOf(about)}` : ''}, so there is nothing to undo (the fix is ${original.state}).`;
}
