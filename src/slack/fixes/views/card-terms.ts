import type { Entitled } from '../../../approvals/authorise.js';
import type { Proposal } from '../../../proposals/proposal.js';
import { count } from '../../../texts/count.js';
import { blocksOf, context, sections } from '../../kit/blocks.js';
import { entitledText } from '../../kit/entitled.js';
import type { KnownBlock } from '../../kit/message.js';
import { literal, literalUpTo, mentionUser, when } from '../../kit/mrkdwn.js';
import { cardRoom } from './card-room.js';

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

export interface Terms {
  readonly approvers: Entitled;
  /** The policy lets who asked approve as well. */
  readonly selfApproval: boolean;
  /** What is kept of the card is sealed: without a key, who can write to Redis can alter it. */
  readonly sealed: boolean;
  /** How long a restarted pod may take before the roll-out stops. */
  readonly podReadySeconds: number;
}

/** What an approver must know before saying yes: risk, restarts, way back, who may, until when, warnings, dry run. */
export function cardTerms(proposal: Proposal, terms: Terms): KnownBlock[] {
  const { approvers, podReadySeconds } = terms;
  const votes = proposal.votes.filter(({ decision }) => decision === 'approve').length;
  const need = proposal.quorum > 1 ? ` (${votes} of ${proposal.quorum} votes)` : '';
  const reason = proposal.requireReason ? ', with a reason' : '';
  return blocksOf(
    sections(
      [
        `*Risk:* ${proposal.risk}. ${outlook(proposal)}`,
        `*Restarts:* ${restarts(proposal, podReadySeconds)}`,
        `*May approve:* ${entitledText(approvers)}${need}${reason} · *expires* ${when(proposal.expiresAt)}`,
        ...fourEyes(proposal, terms),
      ].join('\n'),
    ),
    proposal.notRecommended === undefined
      ? undefined
      : sections(
          `:warning: *Not recommended:* ${literalUpTo(proposal.notRecommended, cardRoom.notRecommended)}`,
        ),
    terms.sealed
      ? undefined
      : context(
          ':warning: acknet has no `ACKNET_AUDIT_KEY`: whoever can write to its Redis can forge an approval.',
        ),
    proposal.warnings.length === 0 ? undefined : sections(warnings(proposal)),
    proposal.dryRun.ok
      ? context(':white_check_mark: The API server accepted the dry run; nothing has been changed yet.')
      : sections(
          `:x: *The API server refused the dry run:* ${literalUpTo(proposal.dryRun.detail ?? 'no reason given', cardRoom.dryRun)}`,
        ),
  );
}

function fourEyes({ undoAskedBy }: Proposal, { selfApproval }: Terms): string[] {
  if (undoAskedBy === undefined || selfApproval) return [];
  return [
    `Not by ${mentionUser(undoAskedBy.user)}, who pressed Undo, unless they approved a fix that failed half-way.`,
  ];
}

function warnings({ warnings: all }: Proposal): string {
  const lines = all
    .slice(0, cardRoom.warnings)
    .map((warning) => `:warning: ${literalUpTo(warning, cardRoom.warning)}`);
  const left = all.length - lines.length;
  return [...lines, ...(left > 0 ? [`and ${count(left, 'more warning')}`] : [])].join('\n');
}

function restarts({ rollouts }: Proposal, podReadySeconds: number): string {
  if (rollouts.length === 0) return 'nothing';
  const left = rollouts.length - cardRoom.rollouts;
  const shown = rollouts.slice(0, cardRoom.rollouts).map(restartText).join('; ');
  const more = left > 0 ? `; and ${count(left, 'more set')}` : '';
  return `${shown}${more}. One node at a time, the first one watched for longer; each is Ready within ${podReadySeconds} s, or the roll-out stops`;
}

function restartText({ daemonSet, pods, strategy, alsoChanges }: Proposal['rollouts'][number]): string {
  const left = alsoChanges.length - cardRoom.alsoChanges;
  const also = alsoChanges
    .slice(0, cardRoom.alsoChanges)
    .map(({ node, from, to }) => literalUpTo(`${node}: ${from} → ${to}`, cardRoom.alsoChange))
    .join(', ');
  const changes =
    also === '' ? '' : ` :warning: also changes ${also}${left > 0 ? ` and ${count(left, 'more node')}` : ''}`;
  return `${count(pods, 'pod')} of ${literal(daemonSet)} (${literal(strategy)})${changes}`;
}
