import { shortUid } from '../../../cluster/cluster-uid.js';
import type { Proposal } from '../../../proposals/proposal.js';
import { refText } from '../../checks/views/evidence.js';
import { charactersOf, messageBudget } from '../../kit/block-budget.js';
import { blocksOf, context, section, sections } from '../../kit/blocks.js';
import type { KnownBlock, Posting, SlackFile } from '../../kit/message.js';
import { bold, code, escapeMrkdwn, link, literal, literalUpTo, mentionUser, when } from '../../kit/mrkdwn.js';
import { type CardOffers, cardButtons } from './card-buttons.js';
import { cardDetails } from './card-details.js';
import { cardDiff } from './card-diff.js';
import { cardText, kindOf, lookOf, outcomeOf, titleOf } from './card-heading.js';
import { cardRoom } from './card-room.js';
import { cardSteps } from './card-steps.js';
import { cardTerms, type Terms } from './card-terms.js';

interface CardView extends CardOffers, Terms {
  /** The entry it comes from. */
  readonly entry?: { readonly title: string; readonly url: string } | undefined;
}

/** A fix, from proposal to outcome. Which buttons it has follows from its state alone. */
export function cardView(view: CardView): Posting {
  const { proposal } = view;
  const details = cardDetails(proposal);
  const head = headBlocks(proposal, details);
  const foot = footBlocks(view);
  const room = messageBudget.characters - charactersOf([...head, ...foot]);
  const diff = cardDiff(proposal, room);
  return {
    first: { text: cardText(proposal), blocks: [...head, ...diff.blocks, ...foot] },
    more: [],
    files: [...diff.files, ...(details ? [details] : [])],
  };
}

function headBlocks(proposal: Proposal, details: SlackFile | undefined): KnownBlock[] {
  const { emoji, words } = lookOf(proposal);
  const { finding, detail } = proposal;
  return blocksOf(
    section(
      `${emoji} *${words}* · ${kindOf(proposal)} for *${escapeMrkdwn(proposal.cluster)}*${uidText(proposal)}\n${bold(literalUpTo(titleOf(proposal), cardRoom.title))}`,
    ),
    detail === undefined || isSaidByVote(proposal)
      ? undefined
      : sections(literalUpTo(outcomeOf(proposal), cardRoom.detail)),
    finding === undefined || proposal.state !== 'proposed' || proposal.undoes !== undefined
      ? undefined
      : sections(
          `*Found:* ${literalUpTo(finding.message, cardRoom.finding)}\n_${literal(refText(finding.about))}_ · \`${finding.id}\``,
        ),
    details === undefined
      ? undefined
      : context(`:clipboard: Shortened here; whole in the file ${code(details.name)} in this thread.`),
    cardSteps(proposal),
  );
}

/** The name can come to mean another cluster: this says which one it was. */
const uidText = ({ clusterUid }: Proposal): string =>
  clusterUid === undefined ? '' : ` (${escapeMrkdwn(shortUid(clusterUid))})`;

/** A rejection's detail is the reason that stands beside the rejecting vote. */
const isSaidByVote = ({ detail, votes }: Proposal): boolean => votes.some(({ reason }) => reason === detail);

function footBlocks(view: CardView): KnownBlock[] {
  const { proposal } = view;
  return blocksOf(
    ...(proposal.state === 'proposed' ? cardTerms(proposal, view) : []),
    view.entry === undefined ? undefined : context(`:book: ${link(view.entry.url, view.entry.title)}`),
    context(...history(proposal)),
    cardButtons(view),
  );
}

function history(proposal: Proposal): string[] {
  const votes = proposal.votes.map(
    ({ user, decision, at, reason }) =>
      `${decision === 'approve' ? 'Approved' : 'Rejected'} by ${mentionUser(user)} ${when(at)}${reason === undefined ? '' : `: ${literalUpTo(reason, cardRoom.voteReason)}`}`,
  );
  const { abortRequestedBy, endedAt, recheckAt, state } = proposal;
  const asker = proposal.undoAskedBy ?? proposal.requestedBy;
  return [
    `${asker === undefined ? 'Made' : `Asked for by ${mentionUser(asker.user)},`} ${when(proposal.createdAt)}`,
    ...votes.slice(0, cardRoom.votes),
    ...(abortRequestedBy === undefined ? [] : [`Abort asked for by ${mentionUser(abortRequestedBy.user)}`]),
    ...(state === 'unproven' && recheckAt !== undefined ? [`Looked at again ${when(recheckAt)}`] : []),
    ...(endedAt === undefined ? [] : [`Ended ${when(endedAt)}`]),
  ];
}
