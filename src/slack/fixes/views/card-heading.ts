import type { Proposal, ProposalState } from '../../../proposals/proposal.js';
import { clip } from '../../kit/mrkdwn.js';

interface Look {
  readonly emoji: string;
  readonly words: string;
}

const looks: Readonly<Record<ProposalState, Look>> = {
  proposed: { emoji: ':wrench:', words: 'Waiting for approval' },
  approved: { emoji: ':hourglass_flowing_sand:', words: 'Approved, about to be applied' },
  applying: { emoji: ':hourglass_flowing_sand:', words: 'Being applied' },
  verifying: { emoji: ':mag:', words: 'Applied, being verified' },
  fixed: { emoji: ':white_check_mark:', words: 'Fixed' },
  'still-found': { emoji: ':x:', words: 'Applied, but the problem is still found' },
  unproven: { emoji: ':grey_question:', words: 'Applied, not proven' },
  failed: { emoji: ':x:', words: 'Failed' },
  aborted: { emoji: ':octagonal_sign:', words: 'Aborted' },
  unknown: { emoji: ':warning:', words: 'Unknown: look here' },
  rejected: { emoji: ':no_entry_sign:', words: 'Rejected' },
  expired: { emoji: ':hourglass:', words: 'Expired' },
  superseded: { emoji: ':repeat:', words: 'Superseded by a newer check' },
  stale: { emoji: ':repeat:', words: 'Stale: the cluster has changed since' },
};

const UNDO = ':leftwards_arrow_with_hook:';

/** An applied undo has nothing to "fix": its end is said in its own words. */
export function lookOf({ undoes, undone, state, appliedAt }: Proposal): Look {
  if (undone === 'done') return { emoji: UNDO, words: 'Undone: this fix is not in effect any more' };
  if (undone === 'begun') return { emoji: UNDO, words: 'An undo of this fix was begun: see its card' };
  if (undoes !== undefined && state === 'fixed') return { emoji: UNDO, words: 'Undone' };
  // All of it was carried out: what is missing is the proof.
  if (state === 'unknown' && appliedAt !== undefined) return looks.unproven;
  return looks[state];
}

export const kindOf = ({ undoes }: Proposal): string => (undoes === undefined ? 'Fix' : 'Undo');

/** An undo's own title says so already, and so does the card. */
export const titleOf = ({ title, undoes }: Proposal): string =>
  undoes === undefined ? title : title.replace(/^Undo(?: of)?:? /, '');

/** How it ended, in its own words; after an undo that is history. */
export const outcomeOf = ({ detail = '', undone }: Pick<Proposal, 'detail' | 'undone'>): string =>
  undone === undefined ? detail : `Before the undo: ${detail}`;

/** The whole card in one line. */
export function cardText(proposal: Proposal): string {
  const { words } = lookOf(proposal);
  const detail = proposal.detail === undefined ? '' : ` ${outcomeOf(proposal)}`;
  return clip(`${kindOf(proposal)} for ${proposal.cluster}: ${titleOf(proposal)}. ${words}.${detail}`, 3000);
}
