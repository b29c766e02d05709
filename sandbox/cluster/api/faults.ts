import type { Lie } from './lies.js';

/** What goes wrong with the next requests that match. */
export interface Fault {
  readonly method?: string;
  readonly path?: RegExp;
  /** How many matching requests it strikes; default 1. */
  readonly times?: number;
  /** Lets this many matching requests pass first. */
  readonly skip?: number;
  readonly effect: FaultEffect;
}

/**
 * `status`: answered with this code. `hang`: never answered. `cut`: the connection is closed. `delay`: answered late.
 * `lie`: the answer is another one, see `lies.ts`; a write is committed all the same. `clock`: only its `Date` is another.
 * With `after` the server has done what was asked, a write is committed, and only the answer is lost or wrong.
 */
export type FaultEffect =
  | { readonly kind: 'status'; readonly status: number; readonly message?: string; readonly after?: boolean }
  | { readonly kind: 'hang'; readonly after?: boolean }
  | { readonly kind: 'cut'; readonly after?: boolean }
  | { readonly kind: 'delay'; readonly ms: number }
  | { readonly kind: 'lie'; readonly lie: Lie }
  | { readonly kind: 'clock'; readonly aheadMs: number };

export interface Faults {
  add(fault: Fault): void;
  clear(): void;
  /** The effect for this request, used up. */
  take(method: string, path: string): FaultEffect | undefined;
}

interface Active {
  readonly fault: Fault;
  skip: number;
  left: number;
}

export function createFaults(): Faults {
  const active: Active[] = [];
  return {
    add: (fault) => void active.push({ fault, skip: fault.skip ?? 0, left: fault.times ?? 1 }),
    clear: () => void active.splice(0),
    take(method, path) {
      const entry = active.find(({ fault, left }) => left > 0 && strikes(fault, method, path));
      if (entry === undefined) return undefined;
      if (entry.skip > 0) {
        entry.skip -= 1;
        return undefined;
      }
      entry.left -= 1;
      return entry.fault.effect;
    },
  };
}

const strikes = (fault: Fault, method: string, path: string): boolean =>
  (fault.method ?? method) === method && (fault.path?.test(path) ?? true);
