import type { MessageRef, Proposal } from '../../proposals/proposal.js';
import type { Verdict } from '../../texts/verdict.js';

/** A cluster as Home shows it. */
export interface HomeCluster {
  readonly name: string;
  /** What the last check of the whole of it came to. */
  readonly last?: { readonly at: string; readonly verdict: Verdict } | undefined;
  readonly isRunning: boolean;
}

/** Something with a message of its own; `link` is absent where the reader cannot open that. */
interface Linked {
  readonly link?: string | undefined;
}

export interface HomeCard extends Linked {
  readonly proposal: Proposal;
}

export interface HomeRun extends Linked {
  readonly cluster: string;
  readonly state: 'waiting' | 'running';
  readonly requestedBy: string | undefined;
  /** A schedule asks for it, whoever made that. */
  readonly isScheduled?: boolean | undefined;
}

/** What one person sees: nothing of clusters that they may not see. */
export interface HomeContent {
  readonly clusters: readonly HomeCluster[];
  readonly approvals: readonly HomeCard[];
  readonly runs: readonly HomeRun[];
  /** Fixes being carried out. */
  readonly fixes: readonly HomeCard[];
}

export type Permalink = (at: MessageRef) => Promise<string | undefined>;
