import type { ProposalStore } from '../../proposals/ports.js';
import type { Proposal } from '../../proposals/proposal.js';
import { hasChanged } from '../fix/check-again.js';

const LOOKED_AT = 50;

/** What was changed because of a run's findings, and what of that was put back, the newest first. */
export async function endedChanges(
  store: Pick<ProposalStore, 'history'>,
  { cluster, run }: { readonly cluster: string; readonly run: string },
): Promise<readonly Proposal[]> {
  const all = await store.history(cluster, LOOKED_AT);
  const own = new Set(all.filter((proposal) => proposal.run === run).map(({ id }) => id));
  return all
    .filter((proposal) => hasChanged(proposal) && (own.has(proposal.id) || own.has(proposal.undoes ?? '')))
    .sort((a, b) => endOf(b).localeCompare(endOf(a)));
}

const endOf = ({ endedAt, appliedAt, createdAt }: Proposal): string => endedAt ?? appliedAt ?? createdAt;
