import { randomBytes, randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { createApprovals } from '../../src/approvals/create-approvals.ts';
import { createClusterLock } from '../../src/approvals/create-cluster-lock.ts';
import { createMutes } from '../../src/approvals/create-mutes.ts';
import { createDistrust } from '../../src/approvals/proof/create-distrust.ts';
import { createProposalStore } from '../../src/approvals/store/create-proposal-store.ts';
import type { OnUnverified } from '../../src/approvals/store/load-proposal.ts';
import type { Check } from '../../src/checks/judging/define-check.ts';
import { checks } from '../../src/checks/index.ts';
import { noClouds } from '../../src/cloud/ports.ts';
import type { ClusterAccess } from '../../src/cluster/ports.ts';
import type { ClusterConfig } from '../../src/config/config.ts';
import { AcknetError } from '../../src/errors.ts';
import type { Follower } from '../../src/jobs/check/check-followers.ts';
import { createRunStore } from '../../src/jobs/check/create-run-store.ts';
import { createCheckHandler } from '../../src/jobs/check/run-check-job.ts';
import { createCardHandler } from '../../src/jobs/fix/run-card-job.ts';
import { createCareHandler } from '../../src/jobs/fix/run-care-job.ts';
import { createFixHandler } from '../../src/jobs/fix/run-fix-job.ts';
import type { JobContext } from '../../src/jobs/job-context.ts';
import type { CheckOutcome, CheckReporter } from '../../src/jobs/ports.ts';
import { createAuditLog } from '../../src/ops/audit/audit-log.ts';
import { createLedger } from '../../src/ops/audit/ledger.ts';
import { createMetrics } from '../../src/ops/metrics.ts';
import type { Care, Proposal } from '../../src/proposals/proposal.ts';
import type { Remediation } from '../../src/remediations/define-remediation.ts';
import { remediations as allRemediations } from '../../src/remediations/index.ts';
import { fakeDirectory, policyConfig } from '../approvals/sample-authority.ts';
import { movingClock } from '../support/moving-clock.ts';
import { patience } from '../support/patience.ts';
import { quietLogger } from '../support/quiet-logger.ts';

export interface StandOptions {
  readonly redis: Redis;
  readonly prefix: string;
  readonly access: ClusterAccess;
  readonly cluster?: Partial<ClusterConfig>;
  readonly remediations?: readonly Remediation[];
  readonly checks?: readonly Check[];
}

/** The handlers over real stores and a simulated cluster; only Slack's end writes down what it is told. */
export function openJobStand(options: StandOptions) {
  const { redis, prefix, access, cluster, remediations = allRemediations } = options;
  const wanted = options.checks ?? checks.filter(({ id }) => id === 'flannel-cni-version');
  const clock = { ahead: 0 };
  const now = () => new Date(Date.now() + clock.ahead);
  const logger = quietLogger();
  const ledger = createLedger({ redis, prefix, auditKey: 'a key for tests only', logger });
  const audit = createAuditLog(ledger);
  const onReported = (id: string): void => void queued.cards.push(id);
  const distrust = createDistrust({ redis, prefix, audit, now, onReported });
  const onUnverified: OnUnverified = (id, doubt, card) => distrust.report(id, { doubt, card });
  const store = createProposalStore({ redis, prefix, ledger, now, onUnverified });
  const directory = fakeDirectory();
  const config = policyConfig(cluster);
  const approvals = createApprovals({ store, distrust, audit, config, directory, now });
  const runs = createRunStore({ redis, prefix });
  const mutes = createMutes({ prefix, ledger, now });
  const lock = createClusterLock({ redis, prefix, leaseMs: 5000 });
  const queued = {
    cards: [] as string[],
    fixes: [] as string[],
    expiries: [] as string[],
    rechecks: [] as string[],
    cares: [] as string[],
  };
  const followers: Follower[] = [];
  const queues = {
    card: async ({ proposalId }: { proposalId: string }) => void queued.cards.push(proposalId),
    catchUpCard: async ({ proposalId }: { proposalId: string }) => void queued.cards.push(proposalId),
    fix: async ({ proposalId }: { proposalId: string }) => void queued.fixes.push(proposalId),
    followers: async () => followers,
    care: async ({ proposalId, hours, since }: { proposalId: string; hours: number; since: Date }) =>
      void queued.cares.push(`${proposalId} ${hours} ${since.toISOString()}`),
    recheck: async ({ runId }: { runId: string }) => void queued.rechecks.push(runId),
    expireCard: async ({ proposalId }: { proposalId: string }) => void queued.expiries.push(proposalId),
  };
  const clusters = {
    names: [access.name],
    get: (name: string) => {
      if (name === access.name) return access;
      throw new AcknetError('cluster.unknown', `No cluster named ${name}.`);
    },
  };
  const reporter = recordingReporter();
  const shown: Proposal[] = [];
  const refused: string[] = [];
  const lost: Proposal[] = [];
  const cameBack: string[] = [];
  const presenter = {
    lost: async (known: Proposal) => void lost.push(known),
    cameBack: async (_proposal: Proposal, { hours, detail }: Care) =>
      void cameBack.push(`${hours} ${detail}`),
    refuse: async (id: string) => void refused.push(id),
    show: async (proposal: Proposal) => {
      shown.push(proposal);
      return proposal.card ?? { channel: 'C0OPS', ts: `9.${shown.length}` };
    },
  };
  const newId = () => randomBytes(16).toString('base64url');
  const shared = {
    clusters,
    clouds: noClouds,
    checks: wanted,
    remediations,
    store,
    approvals,
    queues,
    now,
    logger,
  };
  return {
    ...{
      clock,
      store,
      approvals,
      audit,
      runs,
      mutes,
      lock,
      queued,
      reporter,
      followers,
      shown,
      refused,
      lost,
      cameBack,
      directory,
      now,
    },
    check: createCheckHandler({
      ...shared,
      runs,
      mutes,
      reporter,
      showCard: async (id) => void queued.cards.push(id),
      newId,
      deadlineMs: patience(10_000),
      metrics: createMetrics(),
    }),
    fix: createFixHandler({
      incidents: { ofRun: async () => undefined },
      ...shared,
      lock,
      runs,
      presenter,
      audit,
      deadlineMs: patience(10_000),
      limits: { podReadySeconds: patience(5), verifySeconds: 30, busyRetryMs: 7 },
      turn: async () => undefined,
      ...movingClock(),
    }),
    care: createCareHandler({ ...shared, presenter, deadlineMs: patience(10_000) }),
    card: createCardHandler({ store, distrust, approvals, presenter, queues, redis, prefix, now, logger }),
  };
}

function recordingReporter() {
  const told = {
    started: 0,
    progress: 0,
    handedOver: 0,
    finished: [] as CheckOutcome[],
    failed: [] as string[],
    followers: [] as [channel: string, what: string][],
    /** Thrown by the next `finished`. */
    fault: undefined as AcknetError | undefined,
  };
  const reporter: CheckReporter = {
    started: async () => {
      told.started += 1;
      return { channel: 'C0OPS', ts: '1.1' };
    },
    cardThread: async (job, at) => ({ channel: at.channel, threadTs: job.threadTs ?? at.ts }),
    handedOver: () => {
      told.handedOver += 1;
    },
    progress: () => {
      told.progress += 1;
    },
    finished: async (_job, _at, outcome) => {
      const { fault } = told;
      told.fault = undefined;
      if (fault) throw fault;
      told.finished.push(outcome);
    },
    cardsPlaced: async () => undefined,
    failed: async (_job, _at, error) => void told.failed.push(error.code),
    tellFollower: async (_job, { channel }, outcome) =>
      void told.followers.push([channel, outcome instanceof AcknetError ? outcome.code : 'told']),
  };
  return Object.assign(reporter, { told });
}

/** What BullMQ would keep of one job between attempts. */
export function attempts(fields: Partial<JobContext> = {}) {
  const kept = { state: undefined as unknown };
  const attempt = (more: Partial<JobContext> = {}): JobContext => ({
    signal: new AbortController().signal,
    lastAttempt: false,
    saved: kept.state,
    save: async (state) => {
      kept.state = JSON.parse(JSON.stringify(state));
    },
    ...fields,
    ...more,
  });
  return { attempt };
}

export const checkJob = (runId: string = randomUUID()) => ({
  runId,
  cluster: 'cluster-x',
  checks: [] as string[],
  scope: { namespaces: [] as string[] },
  requestedBy: { user: 'U0ASKER', team: 'T0HOME' },
  channel: 'C0OPS',
});
