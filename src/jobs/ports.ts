import type { Mute } from '../approvals/create-mutes.js';
import type { Distrusted } from '../approvals/proof/create-distrust.js';
import type { ObjectRef } from '../cluster/ports.js';
import type { CheckRun } from '../engine/checking/check-run.js';
import type { RunProgress } from '../engine/checking/run-progress.js';
import type { AcknetError } from '../errors.js';
import type { Care, MessageRef, Proposal } from '../proposals/proposal.js';
import type { Incident } from './alerts/incident.js';
import type { Follower } from './check/check-followers.js';
import type { RunChanges } from './check/compare-runs.js';
import type { EndingStage } from './credentials/ending-stage.js';
import type { FleetRow } from './fleet/fleet-row.js';
import type { CheckJob, FleetJob, QuestionJob } from './queues/payloads.js';
import type { Schedule, ScheduleEnd } from './schedule/schedule.js';
import type { ScheduleChanges } from './schedule/seen/compare-seen.js';

/** A fix that was not offered, and why not. */
export interface RefusedFix {
  readonly remediation: string;
  /** Id of the finding. */
  readonly finding: string;
  /** What the finding is about: two may have one id. */
  readonly about?: ObjectRef | undefined;
  readonly reason: string;
  readonly hint?: string | undefined;
  /** Not refused, but someone must say what to set first. */
  readonly needsParams?: boolean;
}

export interface CheckOutcome {
  readonly run: CheckRun;
  readonly proposals: readonly Proposal[];
  /** Absent = nothing to compare with: the first run, or one of part of the catalogue or of the cluster. */
  readonly changes?: RunChanges | undefined;
  readonly muted: readonly Mute[];
  readonly refusals: readonly RefusedFix[];
  /** Changes that ended since the problem was reported, the newest first; only in the check after one. */
  readonly ended?: readonly Proposal[] | undefined;
}

/** How a check's progress and result reach the people who asked. slack/ implements it. */
export interface CheckReporter {
  /** Posts the progress message, or finds the one an earlier attempt posted. */
  started(job: CheckJob): Promise<MessageRef>;
  /** May be called often; the reporter coalesces. Never throws. */
  progress(job: CheckJob, at: MessageRef, progress: RunProgress): void;
  /** Another attempt goes on with it, perhaps elsewhere: what waits to be shown of this one is dropped. Never throws. */
  handedOver(job: CheckJob, at: MessageRef): void;
  finished(job: CheckJob, at: MessageRef, result: CheckOutcome): Promise<void>;
  /** Where the cards of a result belong: below it, or where nobody else could open it, in the channel of the cluster. */
  cardThread(job: CheckJob, at: MessageRef): Promise<NonNullable<Proposal['thread']>>;
  /** The cards of the result stand now: it can lead to them. */
  cardsPlaced(job: CheckJob, at: MessageRef, result: CheckOutcome): Promise<void>;
  failed(job: CheckJob, at: MessageRef | undefined, error: AcknetError): Promise<void>;
  /** Posts the outcome where somebody joined the run from, once. */
  tellFollower(job: CheckJob, follower: Follower, outcome: CheckOutcome | AcknetError): Promise<void>;
}

/** What an incident's check found, as far as it is known. */
export interface IncidentFound {
  readonly run: CheckRun;
  readonly muted: readonly Mute[];
  /** Fixes that wait to be reviewed. */
  readonly offers: readonly Proposal[];
}

/** Alerts that no cluster is checked for, and why. */
export type UnplacedAlert =
  | { readonly kind: 'unknown' | 'several'; readonly alert: string; readonly named: string }
  | { readonly kind: 'unnamed'; readonly alert: string }
  | { readonly kind: 'restricted'; readonly alert: string; readonly cluster: string };

/** One thread an incident. Whoever calls sees to it that nobody else does meanwhile. Idempotent. */
export interface IncidentReporter {
  /** Posts the message of the incident, or edits it; says in its thread what an edit tells nobody. */
  show(
    incident: Incident,
    what: { found?: IncidentFound | undefined; isChecked: boolean },
  ): Promise<MessageRef>;
  /** Says so once, however often it comes. */
  unplaced(what: UnplacedAlert): Promise<void>;
}

/** Which clusters have it: one message. Whoever calls sees to it that nobody else does meanwhile. Idempotent. */
export interface FleetReporter {
  /** Posts the message, or finds it posted. */
  started(fleet: FleetJob): Promise<void>;
  /** `rows` = the clusters whose check has ended. */
  progress(fleet: FleetJob, rows: readonly FleetRow[]): Promise<void>;
  finished(fleet: FleetJob, rows: readonly FleetRow[]): Promise<void>;
  failed(fleet: FleetJob, error: AcknetError): Promise<void>;
}

/** What a run of a schedule has to tell. */
interface ScheduleNews {
  readonly fleetId: string;
  readonly changes: ScheduleChanges;
  /** Clusters that who made it may not ask about. */
  readonly leftOut: readonly string[];
}

/** Where a schedule posts. Idempotent. */
export interface ScheduleReporter {
  told(schedule: Schedule, news: ScheduleNews): Promise<void>;
  ended(schedule: Schedule, why: ScheduleEnd['why']): Promise<void>;
  /** A run that fell due could not be made, or not be told. */
  failed(schedule: Schedule, error: AcknetError): Promise<void>;
  /** Redis came back without it. */
  lost(schedule: Schedule): Promise<void>;
}

/** Keeps a proposal's card in step with its state. Idempotent: may be called again after a crash. */
export interface CardPresenter {
  /** Posts the card in the proposal's thread, or edits the posted one; returns where it stands. */
  show(proposal: Proposal): Promise<MessageRef>;
  /** Says in place of the card that the change is refused, and takes its buttons away. */
  refuse(id: string, distrusted: Distrusted): Promise<void>;
  /** Says in the thread that a fix did not hold, with what to do next. Once for each time it is looked at. */
  cameBack(proposal: Proposal, care: Care): Promise<void>;
  /** Says in the thread, and in place of the card, what was done of a change whose record is lost. */
  lost(lastKnown: Proposal): Promise<void>;
}

/** Keeps what people have open of acknet's own page in step with what goes on. */
export interface HomePresenter {
  /** To everyone who opened it lately; ends early when the signal aborts. */
  refresh(signal: AbortSignal): Promise<void>;
}

/** Answers one question in Slack. Idempotent per job. */
export interface QuestionResponder {
  answer(job: QuestionJob): Promise<void>;
  /** The last attempt failed: say so, where the question was asked. */
  failed?(job: QuestionJob, error: AcknetError): Promise<void>;
}

export interface EndingCredential {
  readonly cluster: string;
  readonly use: 'reader' | 'fixer';
  readonly ends: Date;
  readonly stage: EndingStage;
}

/** How maintainers hear that changed files are refused, and that they are taken again. How many were told. Idempotent per key. */
export interface ConfigReporter {
  refused(key: string, faults: readonly string[]): Promise<number>;
  taken(key: string): Promise<number>;
}

/** How maintainers hear, in time, that acknet is about to lose its access to a cluster. */
export interface CredentialReporter {
  /** One message to each; how many of them were told. Idempotent. */
  ending(endings: readonly EndingCredential[]): Promise<number>;
}
