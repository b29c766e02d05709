import { isAcknetError } from '../../errors.js';
import type { ApplyRun } from './apply-run.js';

const INTERVAL_MS = 1000;

interface Wait<T> {
  readonly seconds: number;
  /** undefined = not yet. */
  readonly look: () => Promise<T | undefined>;
  readonly intervalMs?: number;
}

/** Looks until something is seen; a read that may work next time counts as "not yet". undefined = time is up. */
export async function waitUntil<T>(
  run: ApplyRun,
  { seconds, look, intervalMs = INTERVAL_MS }: Wait<T>,
): Promise<T | undefined> {
  const deadline = run.ports.watch() + seconds * 1000;
  for (;;) {
    const seen = await look().catch((error: unknown) => {
      if (isAcknetError(error) && error.retry && !run.signal.aborted) return undefined;
      throw error;
    });
    if (seen !== undefined) return seen;
    if (run.ports.watch() >= deadline) return undefined;
    await run.ports.wait(intervalMs, run.signal);
  }
}

/** A lost answer is settled by looking a few times: the server may still be at it. */
export async function lookThrice<T>(
  run: ApplyRun,
  look: () => Promise<T | undefined>,
): Promise<T | undefined> {
  for (let left = 3; left > 0; left -= 1) {
    const seen = await look();
    if (seen !== undefined) return seen;
    if (left > 1) await run.ports.wait(INTERVAL_MS, run.signal);
  }
  return undefined;
}
