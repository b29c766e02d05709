import type { CloudAccess } from '../../cloud/ports.js';
import type { ClusterAccess, Json, ObjectRef } from '../../cluster/ports.js';
import { isAcknetError } from '../../errors.js';
import { mask } from '../../masking/mask.js';
import type { Person, Proposal } from '../../proposals/proposal.js';
import type { Change, Plan, Remediation, Risk } from '../../remediations/define-remediation.js';
import { describeDiffs } from './describe-diffs.js';
import { dryRun } from './dry-run.js';
import { foreignWarning } from './facts/field-owners.js';
import { storeChanges } from './plan-digest.js';
import { gatherPlanFacts, higherRisk, type PlanFacts } from './plan-facts.js';
import { planFix } from './plan-fix.js';

/** What the cluster's policy asks of a proposal of some risk. */
export interface ProposalTerms {
  readonly quorum: number;
  readonly requireReason: boolean;
  readonly expireAfterSeconds: number;
}

export interface DraftInput {
  readonly access: ClusterAccess;
  /** Absent = not connected. */
  readonly cloud?: CloudAccess | undefined;
  readonly remediation: Remediation;
  readonly target?: ObjectRef | undefined;
  readonly params?: unknown;
  readonly finding?: Proposal['finding'] | undefined;
  readonly now: Date;
  /** A random, opaque id each time. */
  readonly nextId: () => string;
  readonly signal: AbortSignal;
  readonly terms: (risk: Risk) => ProposalTerms;
  readonly requestedBy?: Person | undefined;
  readonly thread?: Proposal['thread'] | undefined;
  readonly run?: string | undefined;
}

/** How long a plan waits for its turn of the account's rate limits. */
export const CLOUD_PATIENCE_MS = 5000;

export type Draft =
  | { readonly kind: 'proposal'; readonly proposal: Proposal }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'refused'; readonly reason: string; readonly hint?: string | undefined };

/** Plans, rehearses on the server, and describes; saves nothing. A cluster that cannot be read or changed is `refused`. */
export function draftProposal(input: DraftInput): Promise<Draft> {
  return refusing(async () => {
    input.access.writer(input.signal);
    const reader = input.access.reader(input.signal);
    const cloud = input.cloud?.reader({ signal: input.signal, patienceMs: CLOUD_PATIENCE_MS });
    const plan = await planFix(reader, input.remediation, { ...planInput(input), cloud });
    if (plan.changes.length === 0) return { kind: 'nothing' };

    const risk = higherRisk(input.remediation.risk, plan.risk ?? 'low');
    const facts = await gatherPlanFacts(reader, storeChanges(plan.changes), risk);
    const rehearsal = await dryRun({ access: input.access, reader, ...facts, signal: input.signal });
    return { kind: 'proposal', proposal: { ...proposalOf(input, plan, facts), dryRun: rehearsal } };
  });
}

/** Turns every error that acknet raises on purpose into a refusal that says so. */
export async function refusing(draft: () => Promise<Draft>): Promise<Draft> {
  try {
    return await draft();
  } catch (error) {
    if (!isAcknetError(error)) throw error;
    return { kind: 'refused', reason: error.message, hint: error.hint };
  }
}

const planInput = ({ target, finding, params, now }: DraftInput) => ({
  target: target ?? finding?.about,
  params: params ?? {},
  now,
});

function proposalOf(input: DraftInput, plan: Plan, facts: PlanFacts): Omit<Proposal, 'dryRun'> {
  const { access, remediation, finding } = input;
  const { target, params } = planInput(input);
  return {
    ...frameOf({ cluster: access.name, plan, facts, ...input }),
    remediation: remediation.id,
    title: remediation.title,
    intent: remediation.intent,
    params: params as Record<string, Json>,
    finding: finding && { ...finding, about: { ...finding.about } },
    target: target && { ...target },
    undo: remediation.undo,
    after: remediation.after,
    notRecommended: remediation.notRecommended,
    requestedBy: input.requestedBy,
    run: input.run,
  };
}

interface Frame extends Pick<DraftInput, 'now' | 'nextId' | 'terms' | 'thread'> {
  readonly cluster: string;
  readonly plan: { readonly changes: readonly Change[]; readonly warnings: readonly string[] };
  readonly facts: PlanFacts;
}

/** The fields that a fix and an undo fill alike. */
export function frameOf({ cluster, plan, facts, now, nextId, terms, thread }: Frame) {
  const { quorum, requireReason, expireAfterSeconds } = terms(facts.risk);
  return {
    id: nextId(),
    cluster,
    clusterUid: facts.clusterUid,
    changes: [...facts.changes],
    digest: facts.digest,
    basis: facts.basis,
    diffs: describeDiffs(plan.changes),
    rollouts: facts.rollouts.map(({ rollout }) => rollout),
    risk: facts.risk,
    warnings: [...plan.warnings, ...facts.foreign.map(foreignWarning)].map(mask),
    state: 'proposed' as const,
    votes: [],
    quorum,
    requireReason,
    createdAt: now.toISOString(),
    expiresAt: new Date(now.getTime() + expireAfterSeconds * 1000).toISOString(),
    steps: [],
    thread,
  };
}
