import type { z } from 'zod';
import type { ObjectRef } from '../../cluster/ports.js';
import type { CheckRun, findingSchema } from '../../engine/checking/check-run.js';
import { findingKey } from '../../engine/checking/finding-key.js';

type RunFinding = z.infer<typeof findingSchema>;

/** What a run says that the one before it did not, and the other way round. */
export interface RunChanges {
  /** When the run compared with was started. */
  readonly since: string;
  /** Keys (`findingKey`) of findings that are new. */
  readonly fresh: readonly string[];
  /** Findings that the same check no longer makes; one that could not be read is not gone. */
  readonly gone: readonly { readonly id: string; readonly message: string; readonly about: ObjectRef }[];
  readonly unchanged: number;
}

export function compareRuns(before: CheckRun | undefined, after: CheckRun): RunChanges | undefined {
  if (!before) return undefined;
  const was = byKey(before);
  const is = byKey(after);
  const read = new Set(after.checks.filter(({ outcome }) => outcome !== 'unknown').map(({ id }) => id));
  const gone = before.checks
    .filter(({ id }) => read.has(id))
    .flatMap(({ findings }) => findings)
    .filter((finding) => !is.has(findingKey(finding)));
  return {
    since: before.startedAt,
    fresh: [...is.keys()].filter((key) => !was.has(key)),
    gone: gone.map(({ id, message, about }) => ({ id, message, about })),
    unchanged: [...is.keys()].filter((key) => was.has(key)).length,
  };
}

const byKey = ({ checks }: CheckRun): ReadonlyMap<string, RunFinding> =>
  new Map(checks.flatMap(({ findings }) => findings).map((finding) => [findingKey(finding), finding]));
