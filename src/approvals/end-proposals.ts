import { isAcknetError } from '../errors.js';
import { goodUntil } from '../proposals/good-until.js';
import type { Proposal } from '../proposals/proposal.js';
import type { ApprovalsOptions } from './approvals.js';

type Stores = Pick<ApprovalsOptions, 'store' | 'now'>;

/** undefined = there was nothing (any more) to expire. */
export async function expireProposal(
  { store, now }: Stores,
  proposal: Proposal,
): Promise<Proposal | undefined> {
  if (now().getTime() < goodUntil(proposal)) return undefined;
  const why = proposal.state === 'approved' ? 'It was approved, but not begun in time.' : undefined;
  const reason = why === undefined ? {} : { why, set: { detail: why } };
  return unlessMoved(store.move(proposal.id, { to: 'expired', by: 'system', ...reason }));
}

interface NewerRun {
  readonly cluster: string;
  readonly runId: string;
  /** Whether the run looked again at what the proposal is about. */
  readonly examined: (proposal: Proposal) => boolean;
}

/** Ends the undecided cards of a cluster that came from other runs; returns those ended. */
export async function supersedeProposals(
  { store }: Stores,
  { cluster, runId, examined }: NewerRun,
): Promise<readonly Proposal[]> {
  const old = (await store.open(cluster)).filter(
    (proposal) =>
      proposal.state === 'proposed' &&
      proposal.run !== undefined &&
      proposal.run !== runId &&
      examined(proposal),
  );
  const why = 'A newer check of this cluster has looked at it again.';
  const move = { to: 'superseded', by: 'system', why, set: { detail: why } } as const;
  const ended = await Promise.all(old.map(({ id }) => unlessMoved(store.move(id, move))));
  return ended.filter((proposal) => proposal !== undefined);
}

/** Someone else was quicker: that is no fault here. */
async function unlessMoved(move: Promise<Proposal>): Promise<Proposal | undefined> {
  try {
    return await move;
  } catch (error) {
    if (isAcknetError(error, 'proposal.state')) return undefined;
    throw error;
  }
}
