import type { Proposal, ProposalState } from '../../../../proposals/proposal.js';
import { fixTexts } from '../../../../texts/fixes.js';
import { clip } from '../../../kit/writing/mrkdwn.js';
import { capitalised, touchText } from './card-order.js';

interface Look {
  readonly emoji: string;
  readonly words: string;
}

const emojis: Readonly<Record<ProposalState, string>> = {
  proposed: ':wrench:',
  approved: ':hourglass_flowing_sand:',
  applying: ':hourglass_flowing_sand:',
  verifying: ':mag:',
  fixed: ':white_check_mark:',
  'still-found': ':x:',
  unproven: ':grey_question:',
  failed: ':x:',
  aborted: ':octagonal_sign:',
  unknown: ':warning:',
  rejected: ':no_entry_sign:',
  expired: ':hourglass:',
  superseded: ':repeat:',
  stale: ':repeat:',
};

const UNDO = ':leftwards_arrow_with_hook:';

/** An applied undo has nothing to "fix": its end is said in its own words. */
export function lookOf({ undoes, undone, state, appliedAt }: Proposal): Look {
  if (undone === 'done') return { emoji: UNDO, words: fixTexts.undoneSince };
  if (undone === 'begun') return { emoji: UNDO, words: fixTexts.undoBegun };
  if (undoes !== undefined && state === 'fixed') return { emoji: UNDO, words: fixTexts.undone };
  // All of it was carried out: what is missing is the proof.
  if (state === 'unknown' && appliedAt !== undefined)
    return { emoji: emojis.unproven, words: fixTexts.unshown };
  return { emoji: emojis[state], words: fixTexts.headings[state] };
}

const kindOf = ({ undoes }: Proposal): string => (undoes === undefined ? fixTexts.fix : fixTexts.undo);

/** An undo's own title says so already, and so does the card. */
export const titleOf = ({ title, undoes }: Proposal): string =>
  undoes === undefined ? title : title.replace(/^Undo(?: of)?:? /, '');

/** How it ended, in its own words; after an undo that is history. */
export const outcomeOf = ({ detail = '', undone }: Pick<Proposal, 'detail' | 'undone'>): string =>
  undone === undefined ? detail : fixTexts.beforeUndo(detail);

/** The whole card in one line. */
export function cardText(proposal: Proposal): string {
  const { cluster, state, detail } = proposal;
  const parts = [
    fixTexts.cardText({ kind: kindOf(proposal), cluster, title: titleOf(proposal) }),
    `${lookOf(proposal).words}.`,
    state === 'proposed' ? `${capitalised(touchText(proposal))}.` : '',
    detail === undefined ? '' : outcomeOf(proposal),
  ];
  return clip(parts.filter((part) => part !== '').join(' '), 3000);
}
