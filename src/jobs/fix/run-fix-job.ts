import { randomUUID } from 'node:crypto';
import type { Approvals } from '../../approvals/create-approvals.js';
import type { Check } from '../../checks/judging/define-check.js';
import type { Clouds } from '../../cloud/ports.js';
import type { Clusters } from '../../cluster/ports.js';
import { applyProposal } from '../../engine/changing/apply-plan.js';
import { runChecks } from '../../engine/checking/run-checks.js';
import { isAcknetError } from '../../errors.js';
import { mask } from '../../masking/mask.js';
import type { ClusterLock, ProposalStore } from '../../proposals/ports.js';
import { isEnded, type MessageRef, type Proposal } from '../../proposals/proposal.js';
import type { Remediation } from '../../remediations/define-remediation.js';
import { asAcknetError } from '../as-acknet-error.js';
import type { IncidentStore } from '../alerts/create-incident-store.js';
import type { RunStore } from '../check/create-run-store.js';
import type { Queues } from '../queues/queues.js';
import { type JobContext, type JobHandler, Postponed, willRetry } from '../job-context.js';
import type { FixJob } from '../queues/payloads.js';
import { checkAgain } from './check-again.js';
import { careFor } from './care-for.js';
import { coalesce } from './coalesce.js';
import { type LossPorts, tellLost } from './tell-lost.js';

interface FixHandlerPorts extends LossPorts {
  readonly store: ProposalStore;
  readonly approvals: Pick<Approvals, 'mayStillApply' | 'expire' | 'proof'>;
  readonly lock: ClusterLock;
  readonly clusters: Clusters;
  readonly clouds: Clouds;
  readonly checks: readonly Check[];
  readonly remediations: readonly Remediation[];
  readonly queues: Pick<Queues, 'card' | 'recheck' | 'care'>;
  readonly runs: Pick<RunStore, 'get'>;
  readonly incidents: Pick<IncidentStore, 'ofRun'>;
  readonly limits: {
    readonly podReadySeconds: number;
    readonly verifySeconds: number;
    /** Pause before a fix asks again for the lock of its cluster. */
    readonly busyRetryMs: number;
  };
  readonly deadlineMs: number;
  /** Milliseconds that only go forward. */
  readonly watch: () => number;
  /** Resolves when the card may be edited once more: progress of everything shares one pace. Rejects at the abort. */
  readonly turn: (card: MessageRef, signal: AbortSignal) => Promise<void>;
}

/**
 * Carries out an approved change. Not a blind retry: a second attempt reads record and cluster first, and goes on
 * only where they agree.
 */
export function createFixHandler(ports: FixHandlerPorts): JobHandler<FixJob> {
  return async ({ proposalId }, context) => {
    try {
      if (context.givenUp) throw context.givenUp;
      // Loaded once here, and once more under the lock: until then it may move.
      const proposal = await ports.store.get(proposalId);
      const expired = proposal && (await ports.approvals.expire(proposal));
      if (proposal && !expired && !(await apply(ports, proposal, context))) return;
    } catch (error) {
      if (isAcknetError(error, 'cluster.busy')) throw new Postponed(ports.limits.busyRetryMs);
      // What is kept of it is evidence, and not acknet's: it is left as it stands, and its card says that it is refused.
      if (isAcknetError(error, 'proposal.unverified')) await ports.queues.card({ proposalId });
      else if (!willRetry(error, context)) {
        await endAsUnknown(ports, proposalId, error);
        await checkAgain(ports, proposalId);
      }
      throw error;
    }
    await ports.queues.card({ proposalId });
    await checkAgain(ports, proposalId);
    await careFor(ports, proposalId);
  };
}

/** false = its record is lost, and that is told: nobody can go on with it. */
async function apply(ports: FixHandlerPorts, proposal: Proposal, { signal }: JobContext): Promise<boolean> {
  const { id } = proposal;
  let known = proposal;
  const over = new AbortController();
  const showing = AbortSignal.any([signal, over.signal]);
  const card = coalesce(
    async () => {
      // What comes meanwhile is shown then; what comes last is shown in any case, by who called this.
      if (known.card !== undefined) await ports.turn(known.card, showing).catch(unlessAborted(showing));
      if (!showing.aborted) await ports.queues.card({ proposalId: id });
    },
    (error) => ports.logger.warn({ proposal: id, err: error }, 'a card could not be brought in line'),
  );
  const applied = applyProposal(proposal, {
    store: ports.store,
    lock: ports.lock,
    access: ports.clusters.get(proposal.cluster),
    cloud: ports.clouds.get(proposal.cluster),
    remediation: (wanted) => ports.remediations.find((remediation) => remediation.id === wanted),
    mayStillApply: ports.approvals.mayStillApply,
    runChecks: (ids, since) =>
      runChecks({
        access: ports.clusters.get(proposal.cluster),
        cloud: ports.clouds.get(proposal.cluster),
        checks: ports.checks.filter((check) => ids.includes(check.id)),
        now: ports.now,
        deadlineMs: ports.deadlineMs,
        since,
        signal,
      }),
    prove: ports.approvals.proof(id),
    now: ports.now,
    watch: ports.watch,
    limits: ports.limits,
    signal,
    onChange: (changed) => {
      known = changed;
      card.request();
    },
    wait: ports.wait,
    // Never the same twice: even the same worker, later, is another holder of the lock.
    holder: `${id} ${randomUUID()}`,
  });
  try {
    await applied;
  } catch (error) {
    if (await tellLost(ports, known, signal)) return false;
    throw error;
  } finally {
    over.abort();
  }
  // What it undid says so on its own card.
  if (proposal.undoes !== undefined) await ports.queues.card({ proposalId: proposal.undoes });
  return true;
}

const unlessAborted =
  (signal: AbortSignal) =>
  (error: unknown): void => {
    if (!signal.aborted) throw error;
  };

/** Nobody will go on with it: say that its outcome is open, rather than leave it as if under way. */
async function endAsUnknown(ports: FixHandlerPorts, id: string, error: unknown): Promise<void> {
  const proposal = await ports.store.get(id);
  if (!proposal || isEnded(proposal) || proposal.state === 'proposed') return;
  const { message, hint } = asAcknetError(error);
  const detail = mask([message, hint].filter((part) => part !== undefined).join(' '));
  await ports.store.move(id, { to: 'unknown', by: 'system', why: detail, set: { detail } });
  await ports.queues.card({ proposalId: id });
}
