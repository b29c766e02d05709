import type { IndexWrite } from '../../ops/audit/ledger.js';
import { isEnded, type Proposal } from '../../proposals/proposal.js';

export interface ProposalKeys {
  proposal(id: string): string;
  open(cluster?: string): string;
  all(cluster?: string): string;
  readonly behind: string;
}

export function proposalKeys(prefix: string): ProposalKeys {
  const list = (name: string, cluster: string | undefined) =>
    `${prefix}:proposals:${name}${cluster === undefined ? '' : `:${cluster}`}`;
  return {
    proposal: (id) => `${prefix}:proposal:${id}`,
    open: (cluster) => list('open', cluster),
    all: (cluster) => list('all', cluster),
    behind: `${prefix}:cards-behind`,
  };
}

/** Where a proposal is listed, by age: among all, and among the open ones as long as it is one. */
export function indexesOf(keys: ProposalKeys, proposal: Proposal): readonly IndexWrite[] {
  const score = Date.parse(proposal.createdAt);
  const member = proposal.id;
  const open = isEnded(proposal) ? undefined : score;
  return [undefined, proposal.cluster].flatMap((cluster) => [
    { key: keys.all(cluster), member, score },
    { key: keys.open(cluster), member, score: open },
  ]);
}
