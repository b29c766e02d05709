import type { MessageRef, Proposal } from '../../proposals/proposal.js';

/** A fix with the address of its card; none where Slack tells none, or the reader cannot open it. */
export interface LinkedCard {
  readonly proposal: Proposal;
  readonly link?: string | undefined;
}

interface Linking {
  readonly linkTo: (at: MessageRef) => Promise<string | undefined>;
  /** Slack is asked for each: those beyond these have no address. */
  readonly most: number;
}

/** Each with its address, in their order. */
export const linkedCards = (
  proposals: readonly Proposal[],
  { linkTo, most }: Linking,
): Promise<readonly LinkedCard[]> =>
  Promise.all(
    proposals.map(async (proposal, at) => ({
      proposal,
      link: proposal.card === undefined || at >= most ? undefined : await linkTo(proposal.card),
    })),
  );
