import { randomBytes, randomUUID } from 'node:crypto';
import { createClusterLock } from '../../src/approvals/create-cluster-lock.js';
import { createProposalStore, type ProvenStore } from '../../src/approvals/store/create-proposal-store.js';
import { checks } from '../../src/checks/index.js';
import type { ClusterAccess } from '../../src/cluster/ports.js';
import { type ApplyPorts, applyProposal } from '../../src/engine/changing/apply-plan.js';
import { runChecks } from '../../src/engine/checking/run-checks.js';
import { type Draft, type DraftInput, draftProposal } from '../../src/engine/planning/draft-proposal.js';
import { draftUndo } from '../../src/engine/planning/draft-undo.js';
import { createAuditLog } from '../../src/ops/audit/audit-log.js';
import { createLedger } from '../../src/ops/audit/ledger.js';
import { connectRedis, type RedisClient } from '../../src/ops/connect-redis.js';
import type { Actor, ClusterLock } from '../../src/proposals/ports.js';
import type { Proposal } from '../../src/proposals/proposal.js';
import type { Remediation } from '../../src/remediations/define-remediation.js';
import { findRemediation } from '../../src/remediations/index.js';
import { movingClock } from './moving-clock.js';
import { patience } from './patience.js';

export const engineer = { user: 'U0ENGINEER', team: 'T0TEAM' };
export const approver = { user: 'U0APPROVER', team: 'T0TEAM' };
const silent = { debug() {}, info() {}, warn() {}, error() {}, child: () => silent };
const signal = new AbortController().signal;

/** The real store, ledger and lock on the run's Redis, and the engine over one cluster. */
export interface ApplyStand {
  readonly store: ProvenStore;
  readonly lock: ClusterLock;
  readonly prefix: string;
  draft(remediation: Remediation, input?: Partial<DraftInput>): Promise<Draft>;
  /** Stores the draft and has it approved; fails where there was none. */
  approved(draft: Draft): Promise<Proposal>;
  apply(id: string, ports?: Partial<ApplyPorts>): Promise<Proposal>;
  undo(original: Proposal): Promise<Draft>;
  /** Actions in the audit log of one proposal, in order. */
  audited(id: string): Promise<readonly string[]>;
  /** The same with who did it. */
  actorsOf(id: string): Promise<readonly (readonly [string, Actor])[]>;
  lockIsFree(): Promise<boolean>;
  close(): Promise<void>;
}

export const terms = () => ({ quorum: 1, requireReason: false, expireAfterSeconds: 1800 });

export function openStores(
  prefix: string,
  leaseMs = patience(3000),
): {
  readonly redis: RedisClient;
  readonly store: ProvenStore;
  readonly lock: ClusterLock;
  readonly audit: ReturnType<typeof createAuditLog>;
} {
  const redis = connectRedis({ url: process.env.ACKNET_TEST_REDIS_URL ?? '', logger: silent });
  const ledger = createLedger({ redis, prefix, auditKey: 'a key for tests only', logger: silent });
  return {
    redis,
    store: createProposalStore({ redis, prefix, ledger, now: () => new Date() }),
    lock: createClusterLock({ redis, prefix, leaseMs }),
    audit: createAuditLog(ledger),
  };
}

export interface StandOptions {
  readonly prefix?: string;
  /** How long the cluster's lock outlives its holder. */
  readonly leaseMs?: number;
  readonly find?: (id: string) => Remediation | undefined;
}

export function openApplyStand(access: ClusterAccess, options: StandOptions = {}): ApplyStand {
  const prefix = options.prefix ?? `{test-${randomUUID()}}`;
  const { redis, store, lock, audit } = openStores(prefix, options.leaseMs);
  const nextId = () => randomBytes(16).toString('base64url');

  return {
    store,
    lock,
    prefix,
    draft: (remediation, input = {}) =>
      draftProposal({
        ...{ access, remediation, now: new Date(), nextId, signal, terms },
        requestedBy: engineer,
        ...input,
      }),
    async approved(draft) {
      if (draft.kind !== 'proposal') throw new Error(`no proposal: ${JSON.stringify(draft)}`);
      await store.create(draft.proposal);
      const vote = { ...approver, decision: 'approve' as const, at: new Date().toISOString() };
      return store.vote(draft.proposal.id, vote, { quorum: 1 });
    },
    async apply(id, ports = {}) {
      const proposal = await store.get(id);
      if (proposal === undefined) throw new Error(`no proposal ${id}`);
      const own = applyPorts({ access, store, lock }, options);
      return applyProposal(proposal, { ...own, prove: store.proof(id), ...ports });
    },
    undo: (original) => draftUndo({ original, access, now: new Date(), nextId, signal, terms, by: approver }),
    audited: async (id) =>
      (await audit.read({})).filter(({ proposal }) => proposal === id).map(({ action }) => action),
    actorsOf: async (id) =>
      (await audit.read({}))
        .filter(({ proposal }) => proposal === id)
        .map(({ action, actor }) => [action, actor] as const),
    lockIsFree: async () => {
      const held = await lock.acquire(access.name, 'test');
      await held?.release();
      return held !== undefined;
    },
    close: async () => void (await redis.quit()),
  };
}

/** Ports as the worker has them, with a clock that waiting moves on. */
export function applyPorts(
  { access, store, lock }: Pick<ApplyPorts, 'access' | 'store' | 'lock'>,
  { find = findRemediation }: StandOptions = {},
): ApplyPorts {
  return {
    access,
    store,
    lock,
    remediation: find,
    mayStillApply: async () => true,
    prove: async () => undefined,
    runChecks: (ids, since) =>
      runChecks({
        access,
        checks: checks.filter(({ id }) => ids.includes(id)),
        now: () => new Date(),
        deadlineMs: patience(10_000),
        since,
      }),
    now: () => new Date(),
    ...movingClock(),
    limits: { podReadySeconds: patience(5), verifySeconds: 30 },
    signal,
    onChange: () => undefined,
    holder: 'test-worker',
  };
}
