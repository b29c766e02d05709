import type { JsonObject } from '../../../../src/cluster/ports.js';

/** A list as it was when its first page was read, and where the next page begins. */
interface Snapshot {
  readonly items: readonly JsonObject[];
  readonly offset: number;
  readonly resourceVersion: number;
}

export interface Snapshots {
  /** Returns the continue token. */
  keep(snapshot: Snapshot): string;
  /** undefined = expired, or never handed out. */
  resume(token: string): Snapshot | undefined;
  expireAll(): void;
}

const KEPT = 200;

/** What `continue` tokens stand for: every page of one list shows the same moment. The oldest are forgotten first. */
export function createSnapshots(): Snapshots {
  const kept = new Map<string, Snapshot>();
  let count = 0;
  return {
    keep(snapshot) {
      count += 1;
      const token = Buffer.from(`{"v":"sandbox","n":${count},"rv":${snapshot.resourceVersion}}`).toString(
        'base64url',
      );
      kept.set(token, snapshot);
      const oldest = kept.keys().next().value;
      if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
      return token;
    },
    resume: (token) => kept.get(token),
    expireAll: () => kept.clear(),
  };
}
