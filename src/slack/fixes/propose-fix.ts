import type { Approvals } from '../../approvals/create-approvals.js';
import type { Clouds } from '../../cloud/ports.js';
import type { Clusters, ObjectRef } from '../../cluster/ports.js';
import { type Draft, draftProposal } from '../../engine/planning/draft-proposal.js';
import { draftUndo } from '../../engine/planning/draft-undo.js';
import { AcknetError } from '../../errors.js';
import type { Queues } from '../../jobs/queues/queues.js';
import type { ProposalStore } from '../../proposals/ports.js';
import type { Person, Proposal } from '../../proposals/proposal.js';
import type { Remediation } from '../../remediations/define-remediation.js';
import { fixTexts } from '../../texts/fixes.js';
import { draftInTime } from './draft-in-time.js';

/** Reading a cluster and asking its API server for a dry run takes no longer. */
const DRAFT_MS = 30_000;

type Thread = NonNullable<Proposal['thread']>;

export interface ProposePorts {
  readonly approvals: Pick<Approvals, 'mayPropose' | 'terms'>;
  readonly clusters: Pick<Clusters, 'get'>;
  readonly clouds: Pick<Clouds, 'get'>;
  readonly store: Pick<ProposalStore, 'create'>;
  readonly queues: Pick<Queues, 'card' | 'expireCard'>;
  readonly now: () => Date;
  readonly newId: () => string;
}

interface FixRequest {
  readonly remediation: Remediation;
  readonly cluster: string;
  readonly params: unknown;
  readonly requestedBy: Person;
  /** Called once there is something to show. */
  readonly openThread: () => Promise<Thread>;
  readonly target?: ObjectRef | undefined;
  readonly finding?: Proposal['finding'] | undefined;
  readonly run?: string | undefined;
}

/** Plans a fix, keeps it as a proposal and has its card posted. Throws `plan.refused` saying why there is none. */
export async function proposeFix(ports: ProposePorts, request: FixRequest): Promise<Proposal> {
  const { approvals, clusters, clouds, now, newId } = ports;
  const { remediation, cluster, params, requestedBy, openThread, target, finding, run } = request;
  const allowed = approvals.mayPropose(cluster);
  if (allowed !== true) throw new AcknetError('plan.refused', allowed);
  const draft = await draftInTime(cluster, DRAFT_MS, (signal) =>
    draftProposal({
      remediation,
      params,
      signal,
      requestedBy,
      access: clusters.get(cluster),
      cloud: clouds.get(cluster),
      now: now(),
      nextId: newId,
      terms: (risk) => approvals.terms(cluster, risk),
      target,
      finding,
      run,
    }),
  );
  return keep(ports, draft, { title: remediation.title, openThread });
}

/** Plans the way back from an applied fix; a proposal of its own. */
export async function proposeUndo(ports: ProposePorts, original: Proposal, by: Person): Promise<Proposal> {
  const { approvals, clusters, now, newId } = ports;
  const draft = await draftInTime(original.cluster, DRAFT_MS, (signal) =>
    draftUndo({
      original,
      by,
      signal,
      access: clusters.get(original.cluster),
      now: now(),
      nextId: newId,
      terms: (risk) => approvals.terms(original.cluster, risk),
      thread: original.thread,
    }),
  );
  const undo = await keep(ports, draft, { title: fixTexts.undoTitle(original.title) });
  // Its card must not offer what is under way.
  await ports.queues.card({ proposalId: original.id });
  return undo;
}

interface Kept {
  readonly title: string;
  readonly openThread?: () => Promise<Thread>;
}

async function keep(
  { store, queues }: ProposePorts,
  draft: Draft,
  { title, openThread }: Kept,
): Promise<Proposal> {
  if (draft.kind === 'nothing') throw new AcknetError('plan.refused', fixTexts.nothingToChange(title));
  if (draft.kind === 'refused')
    throw new AcknetError('plan.refused', draft.reason, draft.hint === undefined ? {} : { hint: draft.hint });
  const proposal = openThread ? { ...draft.proposal, thread: await openThread() } : draft.proposal;
  await store.create(proposal);
  await queues.expireCard({ proposalId: proposal.id, at: new Date(proposal.expiresAt) });
  await queues.card({ proposalId: proposal.id });
  return proposal;
}
