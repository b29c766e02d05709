import type { Queue } from 'bullmq';
import type { MessageRef } from '../../proposals/proposal.js';
import type { Looked, Notification } from '../alerts/alert.js';
import type { CheckFollowers } from '../check/check-followers.js';
import type { CardJob, CareJob, CheckJob, FixJob, QuestionJob } from './payloads.js';
import type { QueueName } from './queue-names.js';

export interface RunningCheck {
  readonly runId: string;
  readonly job: CheckJob;
  readonly state: 'waiting' | 'running';
  readonly since?: string | undefined;
  /** Where its progress message stands, once posted. */
  readonly at?: MessageRef | undefined;
}

/** The check after a change. */
type Recheck = CheckJob & { readonly after: NonNullable<CheckJob['after']> };

export type QueueCounts = Readonly<
  Record<QueueName, { waiting: number; active: number; delayed: number; failed: number }>
>;

/** Puts work on the queues; the same request made again is the same job. */
export interface Queues {
  /** `joined` = the same check of the same cluster is under way already, as `runId`. */
  check(request: Omit<CheckJob, 'runId'>): Promise<{ runId: string; joined: boolean; at?: MessageRef }>;
  /**
   * A check that joins nothing that began before its change, for it must see what was changed just now. Of one result
   * they run one after the other, so that the latest is what it shows in the end.
   */
  recheck(job: Recheck): Promise<void>;
  /** Who joined the run from elsewhere and is to be told; nobody can any more from then on. */
  followers: CheckFollowers['close'];
  fix(job: FixJob): Promise<void>;
  /** Secrets in the text, such as those of a pasted log, are masked before it is kept. */
  question(job: QuestionJob): Promise<void>;
  /** Whether it waits for its answer still. */
  isAnswering(job: QuestionJob): Promise<boolean>;
  /** Brings a card in line with its proposal; many requests become one edit. */
  card(job: CardJob): Promise<void>;
  /** For one that was found to lag behind: does nothing once it has caught up. */
  catchUpCard(job: CardJob): Promise<void>;
  expireCard(due: { proposalId: string; at: Date }): Promise<void>;
  /** Has a fix that worked looked at again, `hours` after `since`. */
  care(due: CareJob & { since: Date }): Promise<void>;
  /** Shows Home anew to all who have it open; many requests become one. */
  home(): Promise<void>;
  /** What an alert sender told; the same told twice while it waits is one job. */
  alerts(notification: Notification): Promise<void>;
  /** The check of an incident: joins nothing, for its result belongs in the incident's thread. */
  checkIncident(job: CheckJob & { readonly incident: string }): Promise<void>;
  /** The check of an incident has ended. */
  looked(looked: Looked): Promise<void>;
  /** Brings the message of an incident in line; many requests become one edit. A new one waits for no others. */
  showIncident(shown: { readonly incident: string; readonly isNew: boolean }): Promise<void>;
  /** false = no such run under way. */
  cancelCheck(runId: string): Promise<boolean>;
  running(): Promise<readonly RunningCheck[]>;
  counts(): Promise<QueueCounts>;
  readonly queues: readonly Queue[];
  close(): Promise<void>;
}
