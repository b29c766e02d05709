import type { MessageRef } from '../../proposals/proposal.js';
import type { Verdict } from '../../texts/verdict.js';
import type { LinkedCard } from '../fixes/linked-cards.js';
import type { ScheduleLine } from '../schedules/views/schedules-list.js';

/** A cluster as Home shows it. */
export interface HomeCluster {
  readonly name: string;
  /** What the last check of the whole of it came to. */
  readonly last?: { readonly at: string; readonly verdict: Verdict } | undefined;
  readonly isRunning: boolean;
}

export interface HomeRun {
  /** Of its message; absent where the reader cannot open that. */
  readonly link?: string | undefined;
  readonly cluster: string;
  readonly state: 'waiting' | 'running';
  readonly requestedBy: string | undefined;
  /** A schedule asks for it, whoever made that. */
  readonly isScheduled?: boolean | undefined;
}

/** What one person sees: nothing of clusters that they may not see. */
export interface HomeContent {
  readonly clusters: readonly HomeCluster[];
  readonly approvals: readonly LinkedCard[];
  readonly runs: readonly HomeRun[];
  /** Fixes being carried out. */
  readonly fixes: readonly LinkedCard[];
  /** Under way; only those that are shown know when they run next. */
  readonly schedules: readonly ScheduleLine[];
}

export type Permalink = (at: MessageRef) => Promise<string | undefined>;
