import { setTimeout as sleep } from 'node:timers/promises';
import { patience } from './patience.js';

/** Polls until `look` gives something, and fails with `what` when it never does. */
export async function waitFor<T>(
  what: string,
  look: () => Promise<T | undefined | false> | T | undefined | false,
  limitMs = patience(15_000),
): Promise<T> {
  const end = performance.now() + limitMs;
  for (;;) {
    const seen = await look();
    if (seen !== undefined && seen !== false) return seen;
    if (performance.now() > end) throw new Error(`never happened: ${what}`);
    await sleep(10);
  }
}
