import type { WebClient } from '@slack/web-api';
import { bindClusters } from '../approvals/bind-clusters.js';
import { createApprovals } from '../approvals/create-approvals.js';
import { createClusterBindings } from '../approvals/create-cluster-bindings.js';
import { createMutes } from '../approvals/create-mutes.js';
import { createRebind } from '../approvals/create-rebind.js';
import { createDistrust } from '../approvals/proof/create-distrust.js';
import { createProposalStore } from '../approvals/store/create-proposal-store.js';
import type { Queues } from '../jobs/queues/queues.js';
import { mask } from '../masking/mask.js';
import { createAuditLog } from '../ops/audit/audit-log.js';
import { createLedger, type Ledger } from '../ops/audit/ledger.js';
import { acquireLease } from '../ops/lease.js';
import type { Logger } from '../ops/log.js';
import type { Metrics } from '../ops/metrics.js';
import type { AuditLog } from '../proposals/ports.js';
import type { Proposal } from '../proposals/proposal.js';
import { createDirectory } from '../slack/wire/names/create-directory.js';
import type { AppPorts, Given } from './app-ports.js';
import { unreadable } from './unreadable.js';

/** A bot that dies while it plans leaves the claim for so long. */
const PLANNING_MS = 10_000;

interface ApprovalParts {
  readonly queues: Pick<Queues, 'card'>;
  readonly client: WebClient;
}

/** What is sealed and audited: proposals and who decides them, which cluster a name stands for, mutes, people. */
export function buildApprovals(given: Given, { queues, client }: ApprovalParts) {
  const { config, ports, tuning } = given;
  const { redis, logger, now } = ports;
  const { prefix } = tuning;
  const ledger = createLedger({ redis, prefix, logger, auditKey: config.auditKey });
  const audit = createAuditLog(ledger);
  const refreshCard = refreshing(queues, logger);
  const distrust = buildDistrust(given, { audit, refreshCard });
  const store = createProposalStore({
    redis,
    prefix,
    ledger,
    now,
    retentionDays: config.retention.cards.days,
    keepMost: config.retention.cards.most,
    onUnreadable: unreadable(logger, 'proposal'),
    onUnverified: (id, doubt, card) => distrust.report(id, { doubt, card }),
    onMoved: (proposal) => {
      countMove(ports.metrics, proposal);
      if (proposal.undoes !== undefined) refreshCard(proposal.undoes);
    },
  });
  const directory = buildDirectory(given, { client, ledger, audit });
  const mutes = createMutes({
    prefix,
    ledger,
    now,
    onUnreadable: unreadable(logger, 'mute'),
    onUnverified: distrust.reportMutes,
  });
  return {
    ledger,
    audit,
    distrust,
    store,
    directory,
    mutes,
    approvals: createApprovals({ store, distrust, audit, config, directory, now }),
    planning: planningBy(ports, prefix),
    ...buildBindings(given, ledger),
  };
}

/** The clusters under their names, and what gives a name to another one. */
function buildBindings({ ports, tuning: { prefix } }: Given, ledger: Ledger) {
  const bindings = createClusterBindings({ ledger, prefix, now: ports.now });
  return {
    clusters: bindClusters(ports.clusters, bindings),
    rebind: createRebind({ clusters: ports.clusters, bindings }),
  };
}

interface DistrustParts {
  readonly audit: AuditLog;
  readonly refreshCard: (proposalId: string) => void;
}

function buildDistrust({ ports, tuning: { prefix } }: Given, { audit, refreshCard }: DistrustParts) {
  const { redis, now, logger } = ports;
  return createDistrust({
    redis,
    prefix,
    audit,
    now,
    onReported: (proposal) => {
      logger.error({ proposal }, 'a stored proposal does not verify, and is refused');
      refreshCard(proposal);
    },
    onMutesReported: (cluster) =>
      logger.error({ cluster }, 'the stored mutes of a cluster do not verify, and hide nothing'),
  });
}

interface DirectoryParts {
  readonly client: WebClient;
  readonly ledger: Ledger;
  readonly audit: AuditLog;
}

function buildDirectory(
  { ports, tuning: { prefix, watch } }: Given,
  { client, ledger, audit }: DirectoryParts,
) {
  const { redis, now, logger } = ports;
  return createDirectory({
    redis,
    prefix,
    now,
    watch,
    client,
    sealer: ledger.sealer,
    onForged: (key) => {
      logger.error({ key }, 'a remembered person does not verify, and Slack is asked instead');
      const entry = { action: 'unverified', actor: 'system', at: now().toISOString(), detail: key } as const;
      audit.append(entry).catch((err: unknown) => logger.error({ err, key }, 'a forgery was not audited'));
    },
  });
}

/** Who plans a change anew holds the claim; undefined = somebody does already. */
const planningBy =
  ({ redis, newId }: AppPorts, prefix: string) =>
  (proposalId: string) =>
    acquireLease(redis, {
      key: `${prefix}:planning:${proposalId}`,
      counter: `${prefix}:planning-token`,
      holder: newId(),
      leaseMs: PLANNING_MS,
    });

function countMove(metrics: Metrics, { state, remediation, approvedAt, endedAt }: Proposal): void {
  metrics.proposals.inc({ state });
  if (approvedAt === undefined || endedAt === undefined) return;
  metrics.fixSeconds.observe({ remediation: mask(remediation), state }, secondsBetween(approvedAt, endedAt));
}

const secondsBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 1000;

/** When an undo moves, what the card of the undone change may offer changes too. */
const refreshing =
  (queues: Pick<Queues, 'card'>, logger: Logger) =>
  (proposalId: string): void => {
    queues
      .card({ proposalId })
      .catch((error: unknown) => logger.warn({ err: error, proposalId }, 'card not refreshed'));
  };
