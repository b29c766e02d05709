import { isRestart, type Step } from '../../proposals/step.js';
import { type ApplyRun, Ended, isoNow, recordStep } from './apply-run.js';
import { driftOf } from './drift-of.js';

/**
 * Before anything is written, restarted or evicted, and once more at the end: the cluster must be as it was approved,
 * or pods would come back with what nobody approved. A step that a killed worker had begun then has an open outcome.
 */
export async function refuseDrift(run: ApplyRun, next?: Step): Promise<void> {
  const drift = await driftOf(run, next);
  if (drift === undefined) return;
  const detail = `${drift} ${standOf(run)}`;
  if (next?.state !== 'started')
    throw new Ended(run.proposal.steps.some(({ state }) => state !== 'pending') ? 'failed' : 'stale', detail);
  await recordStep(run, { ...next, state: 'unknown', endedAt: isoNow(run), detail: drift });
  throw new Ended('unknown', `${detail} "${next.title}" had been begun: look there.`);
}

/** The state the cluster is left in. */
function standOf({ proposal: { steps } }: ApplyRun): string {
  const done = steps.filter(({ state }) => state === 'done').length;
  if (done === 0) return 'Nothing was changed.';
  const restarts = steps.filter(isRestart);
  const names = (restarted: boolean): string =>
    restarts
      .filter(({ state }) => (state === 'done') === restarted)
      .map(({ node }) => node)
      .join(', ');
  const left = names(false);
  if (restarts.length === 0 || left === '') return `${done} of ${steps.length} steps were done by then.`;
  return `Restarted before: ${names(true) || 'no pod'}. Not restarted: ${left}.`;
}
