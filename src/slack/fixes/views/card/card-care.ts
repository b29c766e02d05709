import type { Care, Proposal } from '../../../../proposals/proposal.js';
import { fixTexts } from '../../../../texts/fixes.js';
import { context, section } from '../../../kit/blocks.js';
import type { KnownBlock } from '../../../kit/message.js';
import { literalUpTo } from '../../../kit/writing/mrkdwn.js';

const { care: texts } = fixTexts;
const DETAIL = 600;

/** Whether the fix has held so far: a line where it did, the evidence where it did not. */
export const careBlocks = ({ care = [], undone }: Proposal): KnownBlock[] =>
  undone === undefined ? care.slice(-1).map(blockOf) : [];

function blockOf({ hours, outcome, detail }: Care): KnownBlock {
  switch (outcome) {
    case 'held':
      return context(`:white_check_mark: ${texts.held(hours)}`);
    case 'untold':
      return context(`:grey_question: ${texts.untold(hours, literalUpTo(detail, DETAIL))}`);
    case 'back':
      return section(`:warning: ${texts.back(hours, literalUpTo(detail, DETAIL))}`);
  }
}
