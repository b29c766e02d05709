import type { ActionsBlock, Button } from '@slack/types';
import type { Entitled } from '../../approvals/authorise.js';
import type { Proposal, ProposalState, Step } from '../../approvals/proposal.js';
import { actionIds } from '../action-ids.js';
import { encodeValue } from '../action-values.js';
import { charactersOf, messageBudget } from '../block-budget.js';
import { actions, blocksOf, button, context, section, sections, verbatim } from '../blocks.js';
import type { KnownBlock, Posting, SlackFile } from '../message.js';
import { bold, clip, count, escapeMrkdwn, lengthOf, literal, mentionUser, when } from '../mrkdwn.js';
import { entitledText } from './entitled.js';
import { refText } from './evidence.js';

export interface CardView {
  readonly proposal: Proposal;
  readonly approvers: Entitled;
  /** Whether Undo can be offered now. */
  readonly undoable: boolean;
  readonly hasParameters: boolean;
}

/** A fix, from proposal to outcome. Which buttons it has follows from its state alone. */
export function cardView(view: CardView): Posting {
  const { proposal } = view;
  const head = headBlocks(proposal);
  const foot = footBlocks(view);
  const room = messageBudget.characters - charactersOf([...head, ...foot]);
  const diff = diffBlocks(proposal, room);
  return {
    first: { text: cardText(proposal), blocks: [...head, ...diff.blocks, ...foot] },
    more: [],
    files: diff.files,
  };
}

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
  unproven: { emoji: ':grey_question:', words: 'Applied, not proven yet' },
  failed: { emoji: ':x:', words: 'Failed' },
  aborted: { emoji: ':octagonal_sign:', words: 'Aborted' },
  unknown: { emoji: ':warning:', words: 'Unknown: look here' },
  rejected: { emoji: ':no_entry_sign:', words: 'Rejected' },
  expired: { emoji: ':alarm_clock:', words: 'Expired' },
  superseded: { emoji: ':fast_forward:', words: 'Superseded by a newer check' },
  stale: { emoji: ':twisted_rightwards_arrows:', words: 'Stale: the cluster has changed since' },
};

/** An applied undo has nothing to "fix": its end is said in its own words. */
const wordsOf = (proposal: Proposal): Look =>
  proposal.undoes !== undefined && proposal.state === 'fixed'
    ? { emoji: ':leftwards_arrow_with_hook:', words: 'Undone' }
    : looks[proposal.state];

const kindOf = ({ undoes }: Proposal): string => (undoes === undefined ? 'Fix' : 'Undo');

/** An undo's own title says so already, and so does the card. */
const titleOf = ({ title, undoes }: Proposal): string =>
  undoes === undefined ? title : title.replace(/^Undo(?: of)?:? /, '');

function cardText(proposal: Proposal): string {
  const { words } = wordsOf(proposal);
  const detail = proposal.detail === undefined ? '' : ` ${proposal.detail}`;
  return clip(`${kindOf(proposal)} for ${proposal.cluster}: ${titleOf(proposal)}. ${words}.${detail}`, 3000);
}

function headBlocks(proposal: Proposal): KnownBlock[] {
  const { emoji, words } = wordsOf(proposal);
  const { finding, detail } = proposal;
  return blocksOf(
    section(
      `${emoji} *${words}* · ${kindOf(proposal)} for *${escapeMrkdwn(proposal.cluster)}*\n${bold(escapeMrkdwn(clip(titleOf(proposal), 200)))}`,
    ),
    detail === undefined ? undefined : sections(literal(clip(detail, 1500))),
    finding === undefined || proposal.state !== 'proposed'
      ? undefined
      : sections(
          `*Found:* ${literal(clip(finding.message, 1200))}\n_${literal(refText(finding.about))}_ · \`${finding.id}\``,
        ),
    stepsBlock(proposal),
  );
}

const marks: Readonly<Record<Step['state'], string>> = {
  pending: ':white_circle:',
  started: ':hourglass_flowing_sand:',
  done: ':white_check_mark:',
  failed: ':x:',
  unknown: ':warning:',
};
const STEPS = 12;

/** The steps under way: a window round the present one, and counts for the rest. */
function stepsBlock({ steps }: Proposal): KnownBlock[] {
  if (steps.every(({ state }) => state === 'pending')) return [];
  const done = steps.filter(({ state }) => state === 'done').length;
  const current = steps.findIndex(({ state }) => state !== 'done');
  const centre = current === -1 ? steps.length : current;
  const start = Math.max(0, Math.min(centre - STEPS / 2, steps.length - STEPS));
  const shown = steps.slice(start, start + STEPS);
  const left = steps.length - shown.length;
  const lines = shown.map(
    ({ state, title, detail }) =>
      `${marks[state]} ${literal(clip(title, 150))}${detail === undefined ? '' : ` · ${literal(clip(detail, 200))}`}`,
  );
  return sections(
    [
      `*${done} of ${count(steps.length, 'step')} done*${left > 0 ? ` (${shown.length} shown)` : ''}`,
      ...lines,
    ].join('\n'),
  );
}

/** Below this a diff is shown on the card, if the card has room for it. */
const DIFF_ON_CARD = 3500;

function diffBlocks(proposal: Proposal, room: number): { blocks: KnownBlock[]; files: SlackFile[] } {
  const { diffs, state } = proposal;
  if (diffs.length === 0) return { blocks: [], files: [] };
  const whole = diffs.map(({ title, diff }) => `# ${title}\n${diff}`).join('\n\n');
  const size = lengthOf(whole);
  if (size <= Math.min(DIFF_ON_CARD, room - 200) && diffs.length <= 6) {
    return {
      blocks: diffs.flatMap(({ title, diff }) => [
        context(`:pencil2: ${literal(title)}`),
        ...verbatim(withoutNames(diff)),
      ]),
      files: [],
    };
  }
  const name = `${proposal.remediation}-${proposal.cluster}.diff`;
  return {
    blocks: [
      context(
        `:page_facing_up: The diff of ${count(diffs.length, 'object')} is long: it stands whole in the file \`${name}\` in this thread.`,
      ),
    ],
    files: state === 'proposed' ? [{ name, title: `Diff: ${proposal.title}`, content: whole }] : [],
  };
}

/** The card names the object above the diff; the two header lines would only repeat it. */
const withoutNames = (diff: string): string => diff.replace(/^--- .*\n\+\+\+ .*\n/, '');

function footBlocks(view: CardView): KnownBlock[] {
  const { proposal } = view;
  return blocksOf(
    ...(proposal.state === 'proposed' ? termsBlocks(view) : []),
    context(...history(proposal)),
    buttons(view),
  );
}

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

function termsBlocks({ proposal, approvers }: CardView): KnownBlock[] {
  const votes = proposal.votes.filter(({ decision }) => decision === 'approve').length;
  const need = proposal.quorum > 1 ? ` (${votes} of ${proposal.quorum} votes)` : '';
  const reason = proposal.requireReason ? ', with a reason' : '';
  return blocksOf(
    sections(
      [
        `*Risk:* ${proposal.risk}. ${undoWords[proposal.undo]} ${proposal.undoes === undefined ? afterWords[proposal.after] : ''}`,
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

function history(proposal: Proposal): string[] {
  const votes = proposal.votes.map(
    ({ user, decision, at, reason }) =>
      `${decision === 'approve' ? 'Approved' : 'Rejected'} by ${mentionUser(user)} ${when(at)}${reason === undefined ? '' : `: ${literal(clip(reason, 300))}`}`,
  );
  const { requestedBy, abortRequestedBy, endedAt, recheckAt, state } = proposal;
  return [
    `${requestedBy === undefined ? 'Made' : `Asked for by ${mentionUser(requestedBy.user)},`} ${when(proposal.createdAt)}`,
    ...votes.slice(0, 5),
    ...(abortRequestedBy === undefined ? [] : [`Abort asked for by ${mentionUser(abortRequestedBy.user)}`]),
    ...(state === 'unproven' && recheckAt !== undefined ? [`Looked at again ${when(recheckAt)}`] : []),
    ...(endedAt === undefined ? [] : [`Ended ${when(endedAt)}`]),
  ];
}

function buttons(view: CardView): ActionsBlock[] {
  const { proposal } = view;
  const value = encodeValue('proposal', proposal.id);
  // The state is part of the id, so that a client never keeps an old row of buttons.
  return actions(`card:${proposal.id}:${proposal.state}`, buttonsOf(view, value));
}

function buttonsOf(view: CardView, value: string): Button[] {
  const { proposal } = view;
  switch (proposal.state) {
    case 'proposed':
      return proposalButtons(view, value);
    case 'approved':
    case 'applying':
      return proposal.abortRequestedBy === undefined ? [abortButton(proposal, value)] : [];
    case 'stale':
    case 'expired':
      return proposal.undoes === undefined
        ? [button('Make a fresh card', { action: actionIds.replan, value, style: 'primary' })]
        : [];
    default:
      return view.undoable ? [undoButton(proposal, value)] : [];
  }
}

function proposalButtons({ proposal, hasParameters }: CardView, value: string): Button[] {
  const { risk, title, cluster } = proposal;
  const approve = button('Approve', {
    action: actionIds.approve,
    value,
    style: risk === 'high' ? 'danger' : 'primary',
    label: `Approve on ${cluster}: ${title}`,
    ...(risk !== 'low' && {
      confirm: {
        title: `${risk === 'high' ? 'High risk: apply' : 'Apply'} to ${clip(cluster, 60)}?`,
        text: clip(`${title}. Restarts ${restartsPlain(proposal)}.`, 300),
        yes: 'Approve',
      },
    }),
  });
  return [
    ...(proposal.dryRun.ok ? [approve] : []),
    button('Reject', { action: actionIds.reject, value, label: `Reject on ${cluster}: ${title}` }),
    ...(hasParameters && proposal.undoes === undefined
      ? [button('Edit parameters', { action: actionIds.editParameters, value })]
      : []),
  ];
}

const restartsPlain = ({ rollouts }: Proposal): string =>
  rollouts.length === 0
    ? 'nothing'
    : rollouts.map(({ pods, daemonSet }) => `${count(pods, 'pod')} of ${daemonSet}`).join(', ');

const abortButton = ({ cluster, title }: Proposal, value: string): Button =>
  button('Abort', {
    action: actionIds.abort,
    value,
    style: 'danger',
    label: `Abort on ${cluster}: ${title}`,
    confirm: {
      title: 'Stop after the present step?',
      text: 'What is done stays done; Undo is offered afterwards where there is one.',
      yes: 'Abort',
    },
  });

const undoButton = ({ cluster, title }: Proposal, value: string): Button =>
  button('Undo', { action: actionIds.undo, value, label: `Undo on ${cluster}: ${title}` });
