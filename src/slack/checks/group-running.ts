import type { RunningCheck } from '../../jobs/queues/queues.js';

/** Checks of one fleet together, every other one by itself; in the order given. */
export function groupRunning(running: readonly RunningCheck[]): (readonly RunningCheck[])[] {
  const groups = new Map<string, RunningCheck[]>();
  for (const check of running) {
    const key = check.job.fleet === undefined ? `run ${check.runId}` : `fleet ${check.job.fleet}`;
    groups.set(key, [...(groups.get(key) ?? []), check]);
  }
  return [...groups.values()];
}
