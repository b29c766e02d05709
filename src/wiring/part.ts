import type { Probes } from '../ops/http-server.js';

/** A part that can be started once; `stop` waits for what is under way, up to the grace given. */
export interface Part {
  /**
   * Waits for Redis and Slack for as long as it takes; rejects once the signal aborts. `after`: what is to end before it
   * takes anything; it counts as one that is to run from the call on.
   */
  start(signal?: AbortSignal, after?: Promise<unknown>): Promise<void>;
  stop(graceMs: number): Promise<void>;
}

/** A part that says how it is; nothing before somebody has started it. */
export interface ProbedPart extends Part {
  probes(): Probes;
}

export const never = (): AbortSignal => new AbortController().signal;

export function refuseUnless(ok: boolean, why: string): void {
  if (!ok) throw new Error(why);
}
