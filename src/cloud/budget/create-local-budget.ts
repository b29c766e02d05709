import type { CallBudget } from '../ports.js';
import { BREAKER_MS, type CloudLimits, WINDOW_MS } from './limits.js';
import { breakerOpen, overBudget } from './refusals.js';

interface LocalBudgetOptions {
  readonly limits: CloudLimits;
  readonly now: () => Date;
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** Of one process, for the command line: workers share theirs through Redis. */
export function createLocalBudget({ limits, now, wait }: LocalBudgetOptions): CallBudget {
  const started = new Map<string, number[]>();
  const tripped = new Map<string, number>();
  const waiting: (() => void)[] = [];
  let open = 0;

  /** Milliseconds until one more call fits into the window of this key. */
  const delay = (key: string, most: number): number => {
    const since = now().getTime() - WINDOW_MS;
    const recent = (started.get(key) ?? []).filter((time) => time > since);
    started.set(key, recent);
    return recent.length < most ? 0 : (recent[recent.length - most] ?? since) - since;
  };
  const enter = (): Promise<void> => {
    if (open < limits.atOnce) {
      open += 1;
      return Promise.resolve();
    }
    return new Promise((resolve) => void waiting.push(resolve));
  };
  const leave = (): void => {
    const next = waiting.shift();
    if (next === undefined) open -= 1;
    else next();
  };

  return {
    async take({ account, action, signal, patienceMs }) {
      const deadline = now().getTime() + patienceMs;
      const key = `${account} ${action}`;
      if ((tripped.get(key) ?? 0) > now().getTime()) throw breakerOpen(action);
      await enter();
      try {
        for (;;) {
          signal.throwIfAborted();
          const ms = Math.max(delay(key, limits.perApi), delay(account, limits.perMinute));
          if (ms === 0) break;
          if (now().getTime() + ms > deadline) throw overBudget(action, ms);
          await wait(ms, signal);
        }
      } catch (error) {
        leave();
        throw error;
      }
      for (const name of [key, account]) started.get(name)?.push(now().getTime());
      return leave;
    },
    trip: async ({ account, action }) =>
      void tripped.set(`${account} ${action}`, now().getTime() + BREAKER_MS),
  };
}
