import type { Proposal } from '../../proposals/proposal.js';

const unmade: ReadonlySet<Proposal['state']> = new Set(['expired', 'superseded', 'stale']);

/**
 * Of a card that ended with nobody having voted and nothing having been done, what its message, the lists and a fresh card
 * need; its plan is needed no more. Its digest stays, and so do all records of it.
 */
export function cutDown(proposal: Proposal): Proposal {
  const { state, votes, steps } = proposal;
  if (!unmade.has(state) || votes.length > 0 || steps.length > 0) return proposal;
  return { ...proposal, changes: [], basis: [], diffs: [], rollouts: [], warnings: [] };
}
