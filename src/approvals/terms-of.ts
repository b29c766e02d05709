import type { Person, Proposal } from '../proposals/proposal.js';
import type { ApprovalsOptions, Terms } from './approvals.js';
import { mayRepair } from './authorise.js';

type Config = ApprovalsOptions['config'];

export function termsOf(config: Config, cluster: string, risk: Proposal['risk']): Terms {
  const policy = Object.hasOwn(config.clusters, cluster) ? config.clusters[cluster]?.policy : undefined;
  return {
    quorum: policy?.quorum[risk] ?? 1,
    requireReason: policy?.requireReason[risk] ?? false,
    expireAfterSeconds: config.proposals.expireAfterSeconds,
  };
}

interface Voting {
  readonly proposal: Proposal;
  readonly who: Person;
  readonly original: Proposal | undefined;
}

/** A policy made stricter since the card was posted counts; one made laxer does not. */
export function quorumFor(config: Config, { proposal, who, original }: Voting): number {
  if (mayRepair(config, { who, original })) return 1;
  return Math.max(proposal.quorum, termsOf(config, proposal.cluster, proposal.risk).quorum);
}
