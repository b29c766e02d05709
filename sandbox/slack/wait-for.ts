import { setTimeout as wait } from 'node:timers/promises';

const askAgainMs = 50;

/** Asks `probe` until its answer is truthy: at once, on every change, and now and then for what tells of no change. */
export async function waitFor<T>(
  probe: () => T | Promise<T>,
  { timeoutMs, changed }: { timeoutMs: number; changed: () => Promise<void> },
): Promise<Exclude<T, undefined | null | false>> {
  const giveUp = AbortSignal.timeout(timeoutMs);
  let last: unknown;
  while (!giveUp.aborted) {
    const change = changed();
    last = await probe();
    if (last) return last as Exclude<T, undefined | null | false>;
    await Promise.race([change, wait(askAgainMs)]);
  }
  throw new Error(`waited ${timeoutMs} ms for ${probe.toString()}; it last gave ${String(last)}`);
}
