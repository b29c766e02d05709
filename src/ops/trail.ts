import { AsyncLocalStorage } from 'node:async_hooks';

type Ids = Readonly<Record<string, string>>;

/** Ids that lead from a click to the call it ended in: each log line on the way carries them. */
export interface Trail {
  /** What `run` does, and whatever it awaits, is on the trail of these ids and of those around it. */
  follow<T>(ids: Ids, run: () => T): T;
  ids(): Ids;
}

export function createTrail(): Trail {
  const held = new AsyncLocalStorage<Ids>();
  const ids = (): Ids => held.getStore() ?? {};
  return { ids, follow: (more, run) => held.run({ ...ids(), ...more }, run) };
}
