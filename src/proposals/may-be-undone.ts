import { isEnded, type Proposal } from './proposal.js';

/** Should the card offer Undo? Whether the values still are what the fix wrote is seen when the undo is drafted. */
export function mayBeUndone(proposal: Proposal): boolean {
  return (
    (isEnded(proposal) || proposal.state === 'unproven') &&
    proposal.undo !== 'none' &&
    proposal.undoes === undefined &&
    proposal.undoneBy === undefined &&
    proposal.steps.some(({ state }) => state === 'done' || state === 'unknown' || state === 'started')
  );
}
