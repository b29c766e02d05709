import type { Entitled } from '../../approvals/authorise.js';
import type { Proposal } from '../../approvals/proposal.js';
import { blocksOf, context, sections } from '../blocks.js';
import type { KnownBlock } from '../message.js';
import { clip, count, literal, when } from '../mrkdwn.js';
import { entitledText } from './entitled.js';

const undoWords: Readonly<Record<Proposal['undo'], string>> = {
  restore: 'Undo puts every changed value back.',
  partial: 'Undo puts back only part of it.',
  none: 'This cannot be undone.',
};

const afterWords: Readonly<Record<Proposal['after'], string>> = {
  clear: 'Its check should then be clear.',
  settles: 'Its check clears only after a while.',
  unchanged: 'Its check will say the same as before.',
};

const outlook = ({ undo, after, undoes }: Proposal): string =>
  undoes === undefined ? `${undoWords[undo]} ${afterWords[after]}` : 'This puts back what the fix changed.';

/** What an approver must know before saying yes: risk, restarts, way back, who may, until when, warnings, dry run. */
export function cardTerms(proposal: Proposal, approvers: Entitled): KnownBlock[] {
  const votes = proposal.votes.filter(({ decision }) => decision === 'approve').length;
  const need = proposal.quorum > 1 ? ` (${votes} of ${proposal.quorum} votes)` : '';
  const reason = proposal.requireReason ? ', with a reason' : '';
  return blocksOf(
    sections(
      [
        `*Risk:* ${proposal.risk}. ${outlook(proposal)}`,
        `*Restarts:* ${restarts(proposal)}`,
        `*May approve:* ${entitledText(approvers)}${need}${reason} · *expires* ${when(proposal.expiresAt)}`,
      ].join('\n'),
    ),
    proposal.notRecommended === undefined
      ? undefined
      : sections(`:warning: *Not recommended:* ${literal(clip(proposal.notRecommended, 1000))}`),
    proposal.warnings.length === 0 ? undefined : sections(warnings(proposal)),
    proposal.dryRun.ok
      ? context(':white_check_mark: The API server accepted the dry run; nothing has been changed yet.')
      : sections(
          `:x: *The API server refused the dry run:* ${literal(clip(proposal.dryRun.detail ?? 'no reason given', 1000))}`,
        ),
  );
}

function warnings({ warnings: all }: Proposal): string {
  const lines = all.slice(0, 8).map((warning) => `:warning: ${literal(clip(warning, 600))}`);
  const left = all.length - lines.length;
  return [...lines, ...(left > 0 ? [`and ${count(left, 'more warning')}`] : [])].join('\n');
}

function restarts({ rollouts }: Proposal): string {
  if (rollouts.length === 0) return 'nothing';
  return rollouts
    .map(({ daemonSet, pods, strategy, alsoChanges }) => {
      const also =
        alsoChanges.length === 0
          ? ''
          : ` :warning: also changes ${alsoChanges
              .slice(0, 5)
              .map(({ node, from, to }) => literal(clip(`${node}: ${from} → ${to}`, 160)))
              .join(', ')}${alsoChanges.length > 5 ? ` and ${alsoChanges.length - 5} more nodes` : ''}`;
      return `${count(pods, 'pod')} of ${literal(daemonSet)} (${literal(strategy)}), one node at a time, each Ready before the next${also}`;
    })
    .join('; ');
}
