import type { Care, MessageRef, Person, Proposal, ProposalState } from './proposal.js';
import type { Step } from './step.js';

/** Someone, or acknet itself (`system`, e.g. expiry). */
export type Actor = Person | 'system';

/** A move of a proposal; refused with `proposal.state` unless the stored state allows it at that very moment. */
export interface Move {
  readonly to: ProposalState;
  readonly by: Actor;
  /** Fields set in the same atomic step. */
  readonly set?: Partial<
    Pick<
      Proposal,
      'detail' | 'endedAt' | 'appliedAt' | 'recheckAt' | 'approvedAt' | 'steps' | 'votes' | 'undoneBy'
    >
  >;
  readonly why?: string;
  /** See `recordStep`. */
  readonly fence?: number;
}

/** The newer result that an open card goes to. */
export type OfferedAgain = Pick<Proposal, 'run' | 'thread' | 'finding'>;

export interface VotePolicy {
  readonly quorum: number;
  /** Whether two accounts are one person; absent = only the same account is. */
  readonly samePerson?: (one: Person, other: Person) => boolean;
}

/** Proposals in Redis. Each method is one atomic step; every transition and vote writes its audit record in that step. */
export interface ProposalStore {
  /** Refuses an id that exists. An undo whose original is already undone is refused with `proposal.state`. */
  create(proposal: Proposal): Promise<void>;
  get(id: string): Promise<Proposal | undefined>;
  /** Never to `approved` or `rejected`: those take votes. */
  move(id: string, move: Move): Promise<Proposal>;
  /**
   * Replaces one step by id, or adds it; never moves the state. Refused once ended. `fence` = the lock's token: refused
   * with `cluster.busy` after a later holder has recorded anything.
   */
  recordStep(id: string, step: Step, fence?: number): Promise<Proposal>;
  /**
   * One vote a person: a second approval by the same person is refused with `proposal.state`, a denial takes the
   * place of the approval. Moves when the vote decides: the only way to `approved` and `rejected`.
   */
  vote(id: string, vote: Proposal['votes'][number], policy: VotePolicy): Promise<Proposal>;
  /** The open card of a fix that a newer check plans the very same way goes to that check's result. */
  offerAgain(id: string, again: OfferedAgain): Promise<Proposal>;
  /** Once for each time after the fix: a second look at the same time changes nothing. */
  recordCare(id: string, care: Care): Promise<Proposal>;
  requestAbort(id: string, by: Person): Promise<Proposal>;
  /** `shown` = the proposal as the card shows it; a card that shows the stored one is no longer behind. */
  placeCard(id: string, card: MessageRef, shown?: Proposal): Promise<Proposal>;
  /** Those not ended, oldest first. */
  open(cluster?: string): Promise<readonly Proposal[]>;
  /** Newest first, ended ones too. */
  history(cluster: string | undefined, limit: number): Promise<readonly Proposal[]>;
}

/** Proposals that changed since their card was last brought in line. */
export interface CardBacklog {
  behind(): Promise<readonly string[]>;
  /** The card of an ended change stays as it is, for Slack does not take it; the audit log says why. */
  giveUpCard(id: string, why: string): Promise<void>;
  /** Of a change that is gone or refused: no card of it is looked after any more. */
  forgetCard(id: string): Promise<void>;
}

/** What every audit record says; never a document, a token or a Secret. */
export interface AuditEntry {
  readonly action: string;
  readonly actor: Actor;
  readonly at: string;
  readonly cluster?: string | undefined;
  readonly proposal?: string | undefined;
  readonly remediation?: string | undefined;
  readonly from?: ProposalState | undefined;
  readonly to?: ProposalState | undefined;
  readonly detail?: string | undefined;
  /** Digest of the changes shown on the card. */
  readonly digest?: string | undefined;
  /** Redis key of each document written with it, and the record that wrote that one before; '' = it is new. */
  readonly writes?: Readonly<Record<string, string>>;
  /** The last record that was moved to a file, and the digest of all up to it. */
  readonly archived?: { readonly seq: number; readonly hash: string; readonly digest: string };
}

export interface AuditLog {
  append(entry: AuditEntry): Promise<void>;
  /** Oldest first. */
  read(filter: {
    cluster?: string | undefined;
    since?: string | undefined;
  }): Promise<readonly (AuditEntry & { readonly id: string; readonly hash: string })[]>;
}

/** One change at a time per cluster. `token` grows with every holder, so a late one can be told. */
export interface ClusterLock {
  /** undefined = someone else holds it. Renewed until released. */
  acquire(cluster: string, holder: string): Promise<HeldLock | undefined>;
}

export interface HeldLock {
  readonly token: number;
  /** Aborted when the lease was lost: stop before the next write. */
  readonly lost: AbortSignal;
  release(): Promise<void>;
}

/** What authorise() must know of people; read from Slack, cached briefly, failing closed. */
export interface Directory {
  /** The workspace acknet is installed in. Throws when it is not known. */
  homeTeam(): Promise<string>;
  /** undefined = no such user. */
  person(who: Person): Promise<{ active: boolean; guest: boolean; bot: boolean; team: string } | undefined>;
  /** Throws when the group cannot be read. */
  groupMembers(group: string): Promise<readonly string[]>;
}
