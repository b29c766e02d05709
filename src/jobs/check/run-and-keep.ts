import { chooseChecks } from '../../checks/judging/choose-checks.js';
import type { Check } from '../../checks/judging/define-check.js';
import type { CloudAction } from '../../cloud/actions.js';
import type { Clouds } from '../../cloud/ports.js';
import type { Clusters } from '../../cluster/ports.js';
import { type CheckRun, countOutcomes } from '../../engine/checking/check-run.js';
import { refuseUnknownScope } from '../../engine/checking/refuse-unknown-scope.js';
import { runChecks, symptomsFor } from '../../engine/checking/run-checks.js';
import { runOutcome } from '../../engine/checking/run-outcome.js';
import type { RunProgress } from '../../engine/checking/run-progress.js';
import { mask, maskAll } from '../../masking/mask.js';
import type { Metrics } from '../../ops/metrics.js';
import { HandedOver, type JobContext } from '../job-context.js';
import type { ProposalStore } from '../../proposals/ports.js';
import type { CheckJob } from '../queues/payloads.js';
import type { RunStore } from './create-run-store.js';
import { recentlyMended } from './recently-mended.js';

export interface RunPorts {
  readonly clusters: Clusters;
  readonly clouds: Clouds;
  readonly checks: readonly Check[];
  readonly runs: RunStore;
  readonly store: Pick<ProposalStore, 'history'>;
  readonly now: () => Date;
  readonly deadlineMs: number;
  readonly metrics: Metrics;
}

interface KeptRun {
  readonly job: CheckJob;
  readonly context: JobContext;
  /** Calls to the cloud that this run is not worth; see `RunOptions`. */
  readonly spare?: readonly CloudAction[] | undefined;
  readonly onProgress?: ((progress: RunProgress) => void) | undefined;
}

/** The run an earlier attempt kept, else one made now. */
export async function runAndKeep(
  ports: RunPorts,
  { job, context, spare, onProgress }: KeptRun,
): Promise<CheckRun> {
  const kept = await ports.runs.get(job.runId);
  if (kept) return kept;
  const access = ports.clusters.get(job.cluster);
  await refuseUnknownScope({ access, scope: job.scope, signal: context.signal });
  const made = await runChecks({
    access,
    cloud: ports.clouds.get(job.cluster),
    spare,
    checks: chooseChecks(ports.checks, job.checks),
    now: ports.now,
    deadlineMs: ports.deadlineMs,
    signal: context.signal,
    symptoms: symptomsFor(job.checks, ports.checks),
    scope: job.scope,
    mended: await recentlyMended(ports, job.cluster),
    onProgress,
  });
  throwIfHandedOver(context);
  const run = maskAll(made);
  const outcome = mask(runOutcome(run.checks, countOutcomes(run.checks).problems));
  ports.metrics.checkSeconds.observe({ cluster: mask(job.cluster), outcome }, run.durationMs / 1000);
  await ports.runs.save(job.runId, run);
  return run;
}

/** A run cut short by a shutdown says nothing; the next worker runs it again. */
export function throwIfHandedOver({ signal }: JobContext): void {
  if (signal.reason instanceof HandedOver) throw signal.reason;
}
