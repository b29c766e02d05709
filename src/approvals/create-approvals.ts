import { mayBeUndone } from '../engine/draft-undo.js';
import { isAcknetError } from '../errors.js';
import {
  type Action,
  type Authorisation,
  authorise,
  closedToChanges,
  type Entitled,
  mayRepair,
  type PolicyConfig,
} from './authorise.js';
import type { AuditLog, Directory, ProposalStore } from './ports.js';
import type { Person, Proposal } from './proposal.js';
import { samePerson } from './same-person.js';
import { votesStillStand } from './votes-still-stand.js';

export type Decision =
  | { readonly kind: 'approved' | 'rejected' | 'abort-requested'; readonly proposal: Proposal }
  | { readonly kind: 'voted'; readonly proposal: Proposal; readonly missing: number }
  /** The policy wants to know why: ask, and call again with the reason. */
  | { readonly kind: 'needs-reason'; readonly proposal: Proposal }
  | {
      readonly kind: 'refused';
      readonly reason: string;
      readonly entitled?: Entitled;
      readonly proposal?: Proposal;
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
  approve(id: string, who: Person, reason?: string): Promise<Decision>;
  reject(id: string, who: Person, reason?: string): Promise<Decision>;
  abort(id: string, who: Person): Promise<Decision>;
  /** Before an undo is drafted. */
  mayUndo(id: string, who: Person): Promise<Authorisation & { readonly proposal?: Proposal }>;
  /** `true`, or why the cluster's cards must have no buttons. */
  mayPropose(cluster: string): true | string;
  terms(cluster: string, risk: Proposal['risk']): Terms;
  /** undefined = there was nothing (any more) to expire. */
  expire(id: string): Promise<Proposal | undefined>;
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
}

export interface ApprovalsOptions {
  readonly store: ProposalStore;
  readonly audit: AuditLog;
  readonly config: PolicyConfig & { readonly proposals: { readonly expireAfterSeconds: number } };
  readonly directory: Directory;
  readonly now: () => Date;
}

const MAX_REASON = 500;

export function createApprovals(options: ApprovalsOptions): Approvals {
  const { store, audit, config, now } = options;

  type Refusal = Extract<Authorisation, { ok: false }>;

  async function recordRefusal(action: Action, who: Person, about: RefusalFacts): Promise<void> {
    await audit.append({
      action: `${action}.refused`,
      actor: who,
      at: now().toISOString(),
      detail: about.reason,
      ...(about.cluster !== undefined && { cluster: about.cluster }),
      ...(about.id !== undefined && { proposal: about.id.slice(0, 40) }),
    });
  }

  async function refused(
    action: Action,
    who: Person,
    about: Refusal & { id: string; proposal?: Proposal | undefined },
  ): Promise<Decision> {
    const { id, reason, entitled, proposal } = about;
    await recordRefusal(action, who, { id, reason, cluster: proposal?.cluster });
    return { kind: 'refused', reason, ...(entitled && { entitled }), ...(proposal && { proposal }) };
  }

  /** Authorises `who` for the proposal, then takes the step; whatever stands against it becomes a refusal. */
  async function decide(
    action: Action,
    { id, who }: { id: string; who: Person },
    step: (proposal: Proposal, original: Proposal | undefined) => Promise<Decision>,
  ): Promise<Decision> {
    const proposal = await store.get(id);
    if (!proposal) return refused(action, who, { ok: false, id, reason: OUT_OF_DATE });
    const original = proposal.undoes === undefined ? undefined : await store.get(proposal.undoes);
    const verdict = await authorise(options, { action, who, cluster: proposal.cluster, proposal, original });
    if (!verdict.ok) return refused(action, who, { ...verdict, id, proposal });
    try {
      return await step(proposal, original);
    } catch (error) {
      if (!isAcknetError(error, 'proposal.state')) throw error;
      const reason = [error.message, error.hint].filter(Boolean).join(' ');
      return refused(action, who, { ok: false, id, reason, proposal: (await store.get(id)) ?? proposal });
    }
  }

  const terms = (cluster: string, risk: Proposal['risk']): Terms => {
    const policy = Object.hasOwn(config.clusters, cluster) ? config.clusters[cluster]?.policy : undefined;
    return {
      quorum: policy?.quorum[risk] ?? 1,
      requireReason: policy?.requireReason[risk] ?? false,
      expireAfterSeconds: config.proposals.expireAfterSeconds,
    };
  };

  /** A policy made stricter since the card was posted counts; one made laxer does not. */
  const quorumFor = (proposal: Proposal, who: Person, original: Proposal | undefined): number =>
    mayRepair(config, { who, original })
      ? 1
      : Math.max(proposal.quorum, terms(proposal.cluster, proposal.risk).quorum);

  const same = (one: Person, other: Person): boolean => samePerson(config.people, one, other);

  async function expire(id: string): Promise<Proposal | undefined> {
    const proposal = await store.get(id);
    if (!proposal || now().getTime() < goodUntil(proposal)) return undefined;
    const why = proposal.state === 'approved' ? 'It was approved, but not begun in time.' : undefined;
    return unlessMoved(
      store.move(id, {
        to: 'expired',
        by: 'system',
        ...(why !== undefined && { why, set: { detail: why } }),
      }),
    );
  }

  return {
    terms,
    expire,

    may: async (action, who, cluster) => {
      const verdict = await authorise(options, { action, who, cluster });
      if (!verdict.ok) await recordRefusal(action, who, { reason: verdict.reason, cluster });
      return verdict;
    },

    approve: (id, who, given) =>
      decide('approve', { id, who }, async (proposal, original) => {
        const reason = reasonOf(given);
        const wanted = proposal.requireReason || terms(proposal.cluster, proposal.risk).requireReason;
        if (wanted && reason === undefined && proposal.state === 'proposed')
          return { kind: 'needs-reason', proposal };
        const quorum = quorumFor(proposal, who, original);
        await expire(id);
        const vote = {
          ...who,
          decision: 'approve' as const,
          at: now().toISOString(),
          ...reasonField(reason),
        };
        const after = await store.vote(id, vote, { quorum, samePerson: same });
        if (after.state === 'approved') return { kind: 'approved', proposal: after };
        return { kind: 'voted', proposal: after, missing: quorum - after.votes.length };
      }),

    reject: (id, who, given) =>
      decide('reject', { id, who }, async () => {
        await expire(id);
        const vote = {
          ...who,
          decision: 'deny' as const,
          at: now().toISOString(),
          ...reasonField(reasonOf(given)),
        };
        const proposal = await store.vote(id, vote, { quorum: 1, samePerson: same });
        return { kind: 'rejected', proposal };
      }),

    abort: (id, who) =>
      decide('abort', { id, who }, async () => ({
        kind: 'abort-requested',
        proposal: await store.requestAbort(id, who),
      })),

    mayUndo: async (id, who) => {
      const proposal = await store.get(id);
      const verdict = await undoVerdict(options, who, proposal);
      if (!verdict.ok)
        await recordRefusal('undo', who, { id, reason: verdict.reason, cluster: proposal?.cluster });
      return { ...verdict, ...(proposal && { proposal }) };
    },

    mayPropose: (name) => {
      const cluster = Object.hasOwn(config.clusters, name) ? config.clusters[name] : undefined;
      return cluster ? (closedToChanges(cluster) ?? true) : `No cluster named ${name} is configured.`;
    },

    supersede: async (cluster, runId, examined = () => true) => {
      const old = (await store.open(cluster)).filter(
        (proposal) =>
          proposal.state === 'proposed' &&
          proposal.run !== undefined &&
          proposal.run !== runId &&
          examined(proposal),
      );
      const why = 'A newer check of this cluster has looked at it again.';
      const move = { to: 'superseded', by: 'system', why, set: { detail: why } } as const;
      const ended = await Promise.all(old.map(({ id }) => unlessMoved(store.move(id, move))));
      return ended.filter((proposal) => proposal !== undefined);
    },

    mayStillApply: async (proposal) => {
      const original = proposal.undoes === undefined ? undefined : await store.get(proposal.undoes);
      return votesStillStand(options, { proposal, original, quorumFor });
    },
  };
}

const OUT_OF_DATE = 'This card is out of date: acknet no longer knows its change. Run the check again.';

interface RefusalFacts {
  readonly reason: string;
  readonly cluster?: string | undefined;
  readonly id?: string | undefined;
}

async function undoVerdict(
  options: ApprovalsOptions,
  who: Person,
  proposal: Proposal | undefined,
): Promise<Authorisation> {
  if (!proposal) return { ok: false, reason: OUT_OF_DATE };
  const verdict = await authorise(options, { action: 'undo', who, cluster: proposal.cluster, proposal });
  if (!verdict.ok) return verdict;
  if (proposal.undo === 'none') return { ok: false, reason: 'This kind of change cannot be undone.' };
  if (proposal.undoneBy !== undefined)
    return { ok: false, reason: 'It is undone, or being undone, already.' };
  if (!mayBeUndone(proposal))
    return { ok: false, reason: `There is nothing to undo: this change is ${proposal.state}.` };
  return { ok: true };
}

/** An approval is good for as long as the card was: an outage must not let an old one loose. */
function goodUntil({ state, expiresAt, createdAt, approvedAt }: Proposal): number {
  if (state === 'proposed') return Date.parse(expiresAt);
  if (state !== 'approved' || approvedAt === undefined) return Number.POSITIVE_INFINITY;
  return Date.parse(approvedAt) + Date.parse(expiresAt) - Date.parse(createdAt);
}

function reasonOf(given: string | undefined): string | undefined {
  const reason = given?.trim().slice(0, MAX_REASON);
  return reason === '' ? undefined : reason;
}

const reasonField = (reason: string | undefined) => (reason === undefined ? {} : { reason });

/** Someone else was quicker: that is no fault here. */
async function unlessMoved(move: Promise<Proposal>): Promise<Proposal | undefined> {
  try {
    return await move;
  } catch (error) {
    if (isAcknetError(error, 'proposal.state')) return undefined;
    throw error;
  }
}
