import { setTimeout as sleep } from 'node:timers/promises';
import type { App } from '@slack/bolt';

interface Drain {
  /** Resolves when no listener runs any more, or after `graceMs`. */
  idle(graceMs: number): Promise<void>;
}

const LOOK_MS = 20;

/** Counts the listeners under way, so that a shutdown lets an acknowledged click be carried out. */
export function createDrain(app: App): Drain {
  let running = 0;
  app.use(async ({ next }) => {
    running += 1;
    try {
      await next();
    } finally {
      running -= 1;
    }
  });
  return {
    async idle(graceMs) {
      for (let waited = 0; running > 0 && waited < graceMs; waited += LOOK_MS) await sleep(LOOK_MS);
    },
  };
}
