import type { ProposalStore } from '../../proposals/ports.js';
import type { Queues } from '../queues/queues.js';

/** A fix that worked is looked at again after so many hours: what writes a setting back does so in that time. */
const HOURS = [1, 24] as const;

interface CarePorts {
  readonly store: Pick<ProposalStore, 'get'>;
  readonly queues: Pick<Queues, 'care'>;
  readonly now: () => Date;
}

/** Has a fix that has just worked looked at again later. An undo is not: it is to put back, not to mend. */
export async function careFor({ store, queues, now }: CarePorts, proposalId: string): Promise<void> {
  const proposal = await store.get(proposalId);
  if (proposal?.state !== 'fixed' || proposal.undoes !== undefined) return;
  const since = new Date(proposal.endedAt ?? now());
  for (const hours of HOURS) await queues.care({ proposalId, hours, since });
}
