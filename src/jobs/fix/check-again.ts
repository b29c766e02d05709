import type { Check } from '../../checks/judging/define-check.js';
import { askedChecks } from '../../engine/checking/asked-checks.js';
import { wholeCluster } from '../../engine/checking/run-scope.js';
import type { ProposalStore } from '../../proposals/ports.js';
import type { Proposal } from '../../proposals/proposal.js';
import type { IncidentStore } from '../alerts/create-incident-store.js';
import type { RunStore } from '../check/create-run-store.js';
import type { Queues } from '../queues/queues.js';

interface CheckAgainPorts {
  readonly store: Pick<ProposalStore, 'get'>;
  readonly runs: Pick<RunStore, 'get'>;
  readonly checks: readonly Check[];
  readonly queues: Pick<Queues, 'recheck'>;
  readonly incidents: Pick<IncidentStore, 'ofRun'>;
}

/**
 * After a change has ended, what reported the problem is checked again, and its message shows what came of it, that of
 * the alerts that led to it too. Once for each end that a change comes to; one whose run is not kept, or that came from none, has no such message.
 */
export async function checkAgain(
  { store, runs, checks, queues, incidents }: CheckAgainPorts,
  id: string,
): Promise<void> {
  const proposal = await store.get(id);
  const runId = proposal && (await runOf(store, proposal));
  const run = runId === undefined ? undefined : await runs.get(runId);
  if (proposal?.thread === undefined || runId === undefined || run === undefined) return;
  if (!hasChanged(proposal)) return;
  const asked = askedChecks(run);
  await queues.recheck({
    runId: `${proposal.id}-${proposal.state}`,
    cluster: proposal.cluster,
    checks: asked.length >= checks.length ? [] : asked,
    scope: run.scope ?? wholeCluster,
    requestedBy: proposal.requestedBy,
    ...proposal.thread,
    after: { proposal: id, run: runId },
    incident: (await incidents.ofRun(runId))?.id,
  });
}

/** An undo belongs to the run that its fix came from. */
const runOf = async (
  store: CheckAgainPorts['store'],
  { run, undoes }: Proposal,
): Promise<string | undefined> => run ?? (undoes === undefined ? undefined : (await store.get(undoes))?.run);

const ends: ReadonlySet<Proposal['state']> = new Set([
  ...(['fixed', 'still-found', 'unproven', 'failed', 'aborted', 'unknown'] as const),
]);

/** It has ended, and something in the cluster is not as it was before. */
export const hasChanged = ({ state, steps }: Proposal): boolean =>
  ends.has(state) && steps.some((step) => step.state !== 'pending');
