/** What goes wrong with the next requests that match. */
export interface Fault {
  readonly method?: string;
  readonly path?: RegExp;
  /** How many matching requests it strikes; default 1. */
  readonly times?: number;
  /**
   * `status`: answered with this code. `hang`: never answered. `cut`: the connection is closed, before anything
   * happened or `after` the server has committed. `delay`: answered late.
   */
  readonly effect:
    | { readonly kind: 'status'; readonly status: number; readonly message?: string }
    | { readonly kind: 'hang' }
    | { readonly kind: 'cut'; readonly after: boolean }
    | { readonly kind: 'delay'; readonly ms: number };
}

export interface Faults {
  add(fault: Fault): void;
  clear(): void;
  /** The effect for this request, used up. */
  take(method: string, path: string): Fault['effect'] | undefined;
}

export function createFaults(): Faults {
  const active: { fault: Fault; left: number }[] = [];
  return {
    add: (fault) => void active.push({ fault, left: fault.times ?? 1 }),
    clear: () => void active.splice(0),
    take(method, path) {
      const entry = active.find(
        ({ fault, left }) =>
          left > 0 && (fault.method ?? method) === method && (fault.path?.test(path) ?? true),
      );
      if (entry === undefined) return undefined;
      entry.left -= 1;
      return entry.fault.effect;
    },
  };
}
