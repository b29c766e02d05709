import type { Proposal, ProposalState } from '../../../../proposals/proposal.js';
import { fixTexts } from '../../../../texts/fixes.js';
import { context, verbatim } from '../../../kit/blocks.js';
import type { KnownBlock, SlackFile } from '../../../kit/message.js';
import { code, lengthOf, literal } from '../../../kit/writing/mrkdwn.js';

/** Below this a diff is shown on the card, if the card has room for it. */
const DIFF_ON_CARD = 3500;
/** Ended without a change, which a fresh card would plan anew. */
const UNMADE: ReadonlySet<ProposalState> = new Set(['rejected', 'expired', 'superseded', 'stale']);
/** Between two places of one object. */
const GAP = '⋮';

/** The diffs, on the card where `room` characters hold them, else in a file. */
export function cardDiff(proposal: Proposal, room: number): { blocks: KnownBlock[]; files: SlackFile[] } {
  const { diffs, state } = proposal;
  if (diffs.length === 0 || UNMADE.has(state)) return { blocks: [], files: [] };
  const whole = diffs.map(({ title, diff }) => `# ${title}\n${diff}`).join('\n\n');
  const size = lengthOf(whole);
  if (size <= Math.min(DIFF_ON_CARD, room - 200) && diffs.length <= 6) {
    return {
      blocks: diffs.flatMap(({ title, diff }) => [
        context(`:memo: ${literal(title)}`),
        ...verbatim(readable(diff)),
      ]),
      files: [],
    };
  }
  const name = `${proposal.remediation}-${proposal.cluster}.diff`;
  return {
    blocks: [context(fixTexts.diffInFile(diffs.length, code(name)))],
    files: state === 'proposed' ? [{ name, title: fixTexts.diffTitle(proposal.title), content: whole }] : [],
  };
}

/** Only the lines: the card names the object above, and line numbers say nothing to who approves. */
function readable(diff: string): string {
  const lines = diff.replace(/^--- .*\n\+\+\+ .*\n/, '').split('\n');
  return lines
    .flatMap((line, index) => (HUNK.test(line) ? (index === 0 ? [] : [GAP]) : [line]))
    .filter((line) => !line.startsWith('\\ No newline'))
    .join('\n');
}

const HUNK = /^@@ [-+\d, ]+ @@/;
