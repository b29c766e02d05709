import type { Proposal } from '../../../../proposals/proposal.js';
import { fixTexts } from '../../../../texts/fixes.js';
import { blocksOf, charactersOf, context, messageBudget, section, sections } from '../../../kit/blocks.js';
import { type FoldedBlock, folds } from '../../../kit/fold.js';
import type { KnownBlock, Posting, SlackFile } from '../../../kit/message.js';
import {
  bold,
  code,
  escapeMrkdwn,
  literal,
  literalUpTo,
  mentionUser,
  when,
} from '../../../kit/writing/mrkdwn.js';
import { type CardOffers, cardButtons } from './card-buttons.js';
import { careBlocks } from './card-care.js';
import { cardDetails } from './card-details.js';
import { cardDiff } from './card-diff.js';
import { cardText, lookOf, outcomeOf } from './card-heading.js';
import { doesText, touchText } from './card-order.js';
import { cardRoom } from './card-room.js';
import { standingText } from './card-standing.js';
import { cardSteps } from './card-steps.js';
import { cardApprovers, cardBackground, cardRisk, type Terms } from './card-terms.js';

export interface CardView extends CardOffers, Terms {}

/** A fix, from proposal to outcome. Which buttons it has follows from its state alone. */
export function cardView(view: CardView): Posting {
  const { proposal } = view;
  const details = cardDetails(proposal);
  const waits = proposal.state === 'proposed';
  const head = waits ? askBlocks(view) : outcomeBlocks(view, details);
  const foot = waits ? termBlocks(view, details) : blocksOf(context(...history(proposal)), cardButtons(view));
  const room = messageBudget.characters - charactersOf([...head, ...foot]);
  const diff = cardDiff(proposal, room);
  return {
    first: { text: cardText(proposal), blocks: [...head, ...diff.blocks, ...foot] },
    more: [],
    files: [...diff.files, ...(details ? [details] : [])],
  };
}

/** Who asks for what, then what it risks. */
function askBlocks(view: CardView): KnownBlock[] {
  return blocksOf(section(askLine(view)), cardRisk(view.proposal, view));
}

function askLine({ proposal, remedy }: CardView): string {
  const { emoji } = lookOf(proposal);
  const asker = proposal.undoAskedBy ?? proposal.requestedBy;
  const say = {
    who: asker === undefined ? fixTexts.itself : mentionUser(asker.user),
    does: literalUpTo(doesText(proposal, remedy), cardRoom.title),
    cluster: bold(escapeMrkdwn(proposal.cluster)),
    touches: proposal.rollouts.length === 0 ? '' : `, ${literalUpTo(touchText(proposal), cardRoom.title)}`,
  };
  return `${emoji} ${proposal.undoes === undefined ? fixTexts.asks(say) : fixTexts.asksUndo(say)}`;
}

function termBlocks(view: CardView, details: SlackFile | undefined): KnownBlock[] {
  const { proposal } = view;
  return blocksOf(
    cardApprovers(proposal, view),
    cardButtons(view),
    cutNotice(details),
    proposal.votes.length === 0 ? undefined : context(...history(proposal)),
    folds(fixTexts.details, background(view)),
  );
}

/** A vote is for everybody to see; that it was asked for stands in the first line already. */
const background = (view: CardView): FoldedBlock[] =>
  view.proposal.votes.length === 0
    ? [...cardBackground(view.proposal, view), context(...history(view.proposal))]
    : cardBackground(view.proposal, view);

/** What came of it, in as few lines as that takes. */
function outcomeBlocks({ proposal, remedy }: CardView, details: SlackFile | undefined): KnownBlock[] {
  const { emoji, words } = lookOf(proposal);
  const does = doesText(proposal, remedy);
  const standing = standingText(proposal);
  const what = proposal.undoes === undefined ? does : fixTexts.undoOf(does);
  return blocksOf(
    section(
      `${emoji} ${bold(words)} · ${literalUpTo(what, cardRoom.title)} on ${bold(escapeMrkdwn(proposal.cluster))}`,
    ),
    proposal.detail === undefined || isSaidByVote(proposal)
      ? undefined
      : sections(literalUpTo(outcomeOf(proposal), cardRoom.detail)),
    careBlocks(proposal),
    standing === '' ? undefined : sections(literal(standing)),
    cutNotice(details),
    cardSteps(proposal),
  );
}

const cutNotice = (details: SlackFile | undefined): KnownBlock | undefined =>
  details === undefined ? undefined : context(fixTexts.shortened(code(details.name)));

/** A rejection's detail is the reason that stands beside the rejecting vote. */
const isSaidByVote = ({ detail, votes }: Proposal): boolean => votes.some(({ reason }) => reason === detail);

function history(proposal: Proposal): string[] {
  const votes = proposal.votes.map(({ user, decision, at, reason }) => {
    const said = (decision === 'approve' ? fixTexts.approvedBy : fixTexts.rejectedBy)(mentionUser(user));
    return `${said} ${when(at)}${reason === undefined ? '' : `: ${literalUpTo(reason, cardRoom.voteReason)}`}`;
  });
  const { abortRequestedBy, endedAt, recheckAt, state } = proposal;
  const asker = proposal.undoAskedBy ?? proposal.requestedBy;
  return [
    `${asker === undefined ? fixTexts.made : fixTexts.askedFor(mentionUser(asker.user))} ${when(proposal.createdAt)}`,
    ...votes.slice(0, cardRoom.votes),
    ...(abortRequestedBy === undefined ? [] : [fixTexts.stopAskedBy(mentionUser(abortRequestedBy.user))]),
    ...(state === 'unproven' && recheckAt !== undefined ? [fixTexts.looksAgain(when(recheckAt))] : []),
    ...(endedAt === undefined ? [] : [fixTexts.ended(when(endedAt))]),
  ];
}
