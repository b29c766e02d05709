import type { AuditLog, Directory } from '../proposals/ports.js';
import type { Person, Proposal } from '../proposals/proposal.js';
import type { Action, Authorisation, Entitled, PolicyConfig } from './authorise.js';
import type { ChangeProof } from './proof/create-change-proof.js';
import type { Distrust } from './proof/create-distrust.js';
import type { ProvenStore } from './store/create-proposal-store.js';

export type Decision =
  | { readonly kind: 'approved' | 'rejected' | 'abort-requested'; readonly proposal: Proposal }
  | { readonly kind: 'voted'; readonly proposal: Proposal; readonly missing: number }
  /** The policy wants to know why: ask, and call again with the reason. */
  | { readonly kind: 'needs-reason'; readonly proposal: Proposal }
  | {
      readonly kind: 'refused';
      readonly reason: string;
      readonly entitled?: Entitled | undefined;
      readonly proposal?: Proposal | undefined;
    };

/** What a card made now must say of how it is decided. */
export interface Terms {
  readonly quorum: number;
  readonly requireReason: boolean;
  readonly expireAfterSeconds: number;
}

export interface Approvals {
  /** For what is no click on a card; a refusal is audited. */
  may(action: Action, who: Person, cluster?: string): Promise<Authorisation>;
  /** The same answer where acknet itself looks whom to serve: not audited, as nobody was turned away. */
  allows(action: Action, who: Person, cluster: string): Promise<Authorisation>;
  /**
   * Whether this person may see what acknet knows of a cluster, or have it read: those who may ask about it, and its
   * approvers. Never audited: who looks rejects nothing.
   */
  maySee(who: Person, cluster: string): Promise<Authorisation>;
  /** Whether this person's approval of the open card would count now. Never audited: who looks approves nothing. */
  mayApprove(who: Person, proposal: Proposal): Promise<Authorisation>;
  approve(id: string, who: Person, reason?: string): Promise<Decision>;
  reject(id: string, who: Person, reason?: string): Promise<Decision>;
  abort(id: string, who: Person): Promise<Decision>;
  /** Before an undo is drafted. */
  mayUndo(id: string, who: Person): Promise<Authorisation & { readonly proposal?: Proposal | undefined }>;
  /** `true`, or why the cluster's cards must have no buttons. */
  mayPropose(cluster: string): true | string;
  terms(cluster: string, risk: Proposal['risk']): Terms;
  /** `proposal` as it was loaded: what has moved since is left. undefined = there was nothing (any more) to expire. */
  expire(proposal: Proposal): Promise<Proposal | undefined>;
  /** Ends the undecided cards of the cluster that came from other runs; returns those ended. */
  supersede(
    cluster: string,
    runId: string,
    examined?: (proposal: Proposal) => boolean,
  ): Promise<readonly Proposal[]>;
  /**
   * `true`, or why the approval does not hold any more. Throws `slack.failed` when that could not be found out:
   * nothing may be written then either, but a later try may succeed.
   */
  mayStillApply(proposal: Proposal): Promise<true | string>;
  /**
   * Before any write: throws `proposal.unverified` unless seal and audit log bear out what Redis holds of the change.
   * One a run: it reads only what is new.
   */
  proof(id: string): ChangeProof;
}

export interface ApprovalsOptions {
  readonly store: ProvenStore;
  readonly distrust: Pick<Distrust, 'report'>;
  readonly audit: AuditLog;
  readonly config: PolicyConfig & { readonly proposals: { readonly expireAfterSeconds: number } };
  readonly directory: Directory;
  readonly now: () => Date;
}
