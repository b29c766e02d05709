import type { Proposal } from './proposal.js';

type Timed = Pick<Proposal, 'state' | 'createdAt' | 'expiresAt' | 'approvedAt'>;

/** Until when a card can be decided, or its approval used; an approval is good for as long as the card was: an outage must not let an old one loose. */
export function goodUntil({ state, createdAt, expiresAt, approvedAt }: Timed): number {
  if (state === 'proposed') return Date.parse(expiresAt);
  if (state !== 'approved' || approvedAt === undefined) return Number.POSITIVE_INFINITY;
  return Date.parse(approvedAt) + Date.parse(expiresAt) - Date.parse(createdAt);
}
