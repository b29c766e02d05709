import { z } from 'zod';
import type { Approvals } from '../../approvals/create-approvals.js';
import type { Mutes } from '../../approvals/create-mutes.js';
import type { CheckRun } from '../../engine/checking/check-run.js';
import { isWholeCluster } from '../../engine/checking/run-scope.js';
import type { AcknetError } from '../../errors.js';
import type { Logger } from '../../ops/log.js';
import type { ProposalStore } from '../../proposals/ports.js';
import { type MessageRef, messageRefSchema } from '../../proposals/proposal.js';
import type { Remediation } from '../../remediations/define-remediation.js';
import { asAcknetError } from '../as-acknet-error.js';
import type { Queues } from '../queues/queues.js';
import { type JobContext, type JobHandler, willRetry } from '../job-context.js';
import type { CheckJob } from '../queues/payloads.js';
import type { CheckOutcome, CheckReporter } from '../ports.js';
import { compareRuns, type RunChanges } from './compare-runs.js';
import type { RunStore } from './create-run-store.js';
import { endedChanges } from './ended-changes.js';
import { offerFixes } from './offer-fixes.js';
import { type RunPorts, runAndKeep, throwIfHandedOver } from './run-and-keep.js';

interface CheckHandlerPorts extends RunPorts {
  readonly remediations: readonly Remediation[];
  readonly store: ProposalStore;
  readonly approvals: Approvals;
  readonly mutes: Mutes;
  readonly reporter: CheckReporter;
  readonly queues: Pick<Queues, 'card' | 'expireCard' | 'followers'>;
  /** Posts a card, or brings it in line. */
  readonly showCard: (proposalId: string) => Promise<void>;
  readonly newId: () => string;
  readonly logger: Logger;
}

/** What outlives the worker, so that its successor neither posts nor compares twice. */
const progressSchema = z.object({ at: messageRefSchema, before: z.string().optional() });

/** Runs the checks, drafts fixes for what they found, and reports; in the end something is always said. */
export function createCheckHandler(ports: CheckHandlerPorts): JobHandler<CheckJob> {
  return async (job, context) => {
    const saved = progressSchema.safeParse(context.saved);
    let at: MessageRef | undefined = saved.success ? saved.data.at : undefined;
    try {
      if (context.givenUp) throw context.givenUp;
      if (at === undefined) {
        at = await ports.reporter.started(job);
        const before = (await ports.runs.last(job.cluster))?.runId;
        await context.save({ at, before });
      }
      await runAndReport(ports, job, { at, context });
    } catch (error) {
      if (willRetry(error, context)) {
        if (at !== undefined) ports.reporter.handedOver(job, at);
      } else {
        await ports.reporter.failed(job, at, asAcknetError(error));
        await tellFollowers(ports, job, asAcknetError(error));
      }
      throw error;
    }
  };
}

async function tellFollowers(
  { queues, reporter }: CheckHandlerPorts,
  job: CheckJob,
  outcome: CheckOutcome | AcknetError,
): Promise<void> {
  for (const follower of await queues.followers(job.runId))
    await reporter.tellFollower(job, follower, outcome);
}

interface Under {
  readonly at: MessageRef;
  readonly context: JobContext;
}

async function runAndReport(ports: CheckHandlerPorts, job: CheckJob, under: Under): Promise<void> {
  const { at, context } = under;
  const run = await runAndKeep(ports, {
    job,
    context,
    onProgress: (progress) => ports.reporter.progress(job, at, progress),
  });
  const muted = await ports.mutes.active(job.cluster);
  const drafted = context.signal.aborted
    ? { proposals: [], refusals: [] }
    : await offerFixes(ports, { job, run, under, muted: new Set(muted.map(({ finding }) => finding)) });
  throwIfHandedOver(context);

  const changes = await changesSince(ports.runs, { job, run, context });
  const ended = job.after && (await endedChanges(ports.store, { cluster: job.cluster, run: job.after.run }));
  const outcome = { run, muted, ...drafted, changes, ended };
  await ports.reporter.finished(job, at, outcome);
  await tellFollowers(ports, job, outcome);
  if (isWhole(job) && !context.signal.aborted) await ports.runs.remember(job.runId, job.cluster);
  await placeCards(ports, job, { at, outcome });
}

interface Told {
  readonly at: MessageRef;
  readonly outcome: CheckOutcome;
}

/** A card each below the result, which then leads to them; one that cannot be posted now is left to the queue. */
async function placeCards(ports: CheckHandlerPorts, job: CheckJob, { at, outcome }: Told): Promise<void> {
  const { proposals } = outcome;
  if (proposals.length === 0) return;
  for (const { id } of proposals)
    await ports.showCard(id).catch(async (error: unknown) => {
      ports.logger.info({ err: error, proposal: id }, 'a card waits for the queue');
      await ports.queues.card({ proposalId: id });
    });
  const stored = await Promise.all(proposals.map(({ id }) => ports.store.get(id)));
  const placed = stored.filter((proposal) => proposal !== undefined);
  await ports.reporter.cardsPlaced(job, at, { ...outcome, proposals: placed });
}

const isWhole = ({ checks, scope }: CheckJob): boolean => checks.length === 0 && isWholeCluster(scope);

async function changesSince(
  runs: RunStore,
  { job, run, context }: { job: CheckJob; run: CheckRun; context: JobContext },
): Promise<RunChanges | undefined> {
  if (!isWhole(job)) return undefined;
  if (job.after !== undefined) return compareRuns(await runs.get(job.after.run), run);
  const progress = progressSchema.safeParse(context.saved);
  const before = progress.success ? progress.data.before : (await runs.last(job.cluster))?.runId;
  return compareRuns(before === undefined ? undefined : await runs.get(before), run);
}
