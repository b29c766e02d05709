import type { Check, Fact } from '../../checks/judging/define-check.js';
import type { CloudAccess } from '../../cloud/ports.js';
import type { ClusterAccess } from '../../cluster/ports.js';
import { maskAll } from '../../masking/mask.js';
import { blindIn } from './check-report.js';
import { runChecks } from './run-checks.js';

interface LookUp {
  readonly access: ClusterAccess;
  /** Absent = not connected. */
  readonly cloud?: CloudAccess | undefined;
  readonly checks: readonly Check[];
  /** The entry that asks for what they read. */
  readonly entry: { readonly id: string; readonly blind?: string | undefined };
  readonly now: () => Date;
  readonly deadlineMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** What a cluster and its account say of an entry that asks for just that. */
export interface LookedUp {
  readonly cluster: string;
  /** ISO time of the reading. */
  readonly at: string;
  readonly facts: readonly Fact[];
  /** Titles of checks that could not read all, and why. */
  readonly unread: readonly { readonly title: string; readonly why: string }[];
  /** What neither shows of it. */
  readonly blind: string | undefined;
}

/** Never rejects: what could not be read is said. */
export async function lookUp({ entry, ...reading }: LookUp): Promise<LookedUp> {
  const run = maskAll(await runChecks(reading));
  return {
    cluster: run.cluster,
    at: run.startedAt,
    facts: run.checks.flatMap(({ facts }) => facts),
    unread: run.checks.flatMap(({ title, unknown }) =>
      unknown === undefined ? [] : [{ title, why: unknown.detail }],
    ),
    blind: blindIn(run, entry),
  };
}
