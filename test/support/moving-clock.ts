import { setTimeout as sleep } from 'node:timers/promises';

/** So long something is really waited for: what a simulator set a timer for has happened by then; a real server takes longer. */
const REAL_MS = process.env.ACKNET_TEST_KUBECONFIG ? 200 : 20;

interface MovingClock {
  readonly watch: () => number;
  readonly wait: (ms: number, until: AbortSignal) => Promise<void>;
}

/** A clock that waiting moves on: nobody sits through the seconds between two looks, nor looks a hundred times meanwhile. */
export function movingClock(): MovingClock {
  let skippedMs = 0;
  return {
    watch: () => performance.now() + skippedMs,
    wait: async (ms, until) => {
      const reallyMs = Math.min(ms, REAL_MS);
      await sleep(reallyMs, undefined, { signal: until });
      skippedMs += ms - reallyMs;
    },
  };
}
