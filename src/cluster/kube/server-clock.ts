/** The server's time, by the `Date` headers of its answers. */
export interface ServerClock {
  /** Called when an answer's head has arrived; `sentAt` by the same watch. */
  heard(date: unknown, sentAt: number): void;
  /** undefined = no answer told a time yet. */
  now(): Date | undefined;
}

/** `watch` counts milliseconds, evenly, from anywhere. What was answered fastest is believed most; it is right to a second. */
export function createServerClock(watch: () => number): ServerClock {
  let best: { readonly time: number; readonly at: number; readonly took: number } | undefined;
  return {
    heard(date, sentAt) {
      const time = typeof date === 'string' ? Date.parse(date) : Number.NaN;
      const at = watch();
      const took = at - sentAt;
      if (Number.isFinite(time) && (best === undefined || took < best.took)) best = { time, at, took };
    },
    now: () => best && new Date(best.time + Math.round(watch() - best.at)),
  };
}
