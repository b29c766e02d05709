import { isDeepStrictEqual } from 'node:util';
import type { OfferedAgain } from '../../proposals/ports.js';
import type { MessageRef, Proposal } from '../../proposals/proposal.js';
import { type Changed, stateError } from './proposal-moves.js';

/** The same card below a newer result: its message moves there, and what was voted on it counts on. */
export function offeredAgain(proposal: Proposal, again: OfferedAgain): Changed {
  if (proposal.state !== 'proposed') throw stateError(proposal, 'is not offered again');
  const { card, ...rest } = proposal;
  return { next: { ...rest, ...again, cardBefore: card ?? proposal.cardBefore } };
}

export function placed(proposal: Proposal, card: MessageRef, shown: Proposal | undefined): Changed {
  // It was offered again while this was posted: it belongs elsewhere by now.
  if (shown !== undefined && shown.run !== proposal.run) return { next: { ...proposal, cardBefore: card } };
  const { cardBefore, ...rest } = proposal;
  const isSaid = shown !== undefined && isDeepStrictEqual(shown.cardBefore, cardBefore);
  const next = { ...(isSaid ? rest : proposal), card };
  return { next, inLine: shown !== undefined && isDeepStrictEqual(asShown(shown, card), next) };
}

/** What a proposal is once a card that shows it stands. */
export function asShown({ cardBefore: _, ...proposal }: Proposal, card: MessageRef): Proposal {
  return { ...proposal, card };
}
