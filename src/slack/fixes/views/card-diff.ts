import type { Proposal } from '../../../proposals/proposal.js';
import { count } from '../../../texts/count.js';
import { context, verbatim } from '../../kit/blocks.js';
import type { KnownBlock, SlackFile } from '../../kit/message.js';
import { lengthOf, literal } from '../../kit/mrkdwn.js';

/** Below this a diff is shown on the card, if the card has room for it. */
const DIFF_ON_CARD = 3500;

/** The diffs, on the card where `room` characters hold them, else in a file. */
export function cardDiff(proposal: Proposal, room: number): { blocks: KnownBlock[]; files: SlackFile[] } {
  const { diffs, state } = proposal;
  if (diffs.length === 0) return { blocks: [], files: [] };
  const whole = diffs.map(({ title, diff }) => `# ${title}\n${diff}`).join('\n\n');
  const size = lengthOf(whole);
  if (size <= Math.min(DIFF_ON_CARD, room - 200) && diffs.length <= 6) {
    return {
      blocks: diffs.flatMap(({ title, diff }) => [
        context(`:memo: ${literal(title)}`),
        ...verbatim(withoutNames(diff)),
      ]),
      files: [],
    };
  }
  const name = `${proposal.remediation}-${proposal.cluster}.diff`;
  return {
    blocks: [
      context(
        `:clipboard: The diff of ${count(diffs.length, 'object')} is long: it stands whole in the file \`${name}\` in this thread.`,
      ),
    ],
    files: state === 'proposed' ? [{ name, title: `Diff: ${proposal.title}`, content: whole }] : [],
  };
}

/** The card names the object above the diff; the two header lines would only repeat it. */
const withoutNames = (diff: string): string => diff.replace(/^--- .*\n\+\+\+ .*\n/, '');
