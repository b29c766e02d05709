/** Something that happens again and again, and those who wait for it. */
interface Signal {
  fire(): void;
  /** Returns how to stop listening. */
  listen(listener: () => void): () => void;
  /** Resolves at the next firing. */
  next(): Promise<void>;
}

export function createSignal(): Signal {
  const listeners = new Set<() => void>();
  let waiting: { promise: Promise<void>; resolve: () => void } | undefined;
  return {
    fire: () => {
      const woken = waiting;
      waiting = undefined;
      woken?.resolve();
      for (const listener of [...listeners]) listener();
    },
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    next: () => {
      waiting ??= deferred();
      return waiting.promise;
    },
  };
}

function deferred(): { promise: Promise<void>; resolve: () => void } {
  const settle: { now?: () => void } = {};
  const promise = new Promise<void>((resolve) => {
    settle.now = resolve;
  });
  return { promise, resolve: () => settle.now?.() };
}
