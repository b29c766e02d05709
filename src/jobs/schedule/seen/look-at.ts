import type { Mute } from '../../../approvals/create-mutes.js';
import type { CheckResult, CheckRun, RunSymptom } from '../../../engine/checking/check-run.js';
import { findingKey } from '../../../engine/checking/finding-key.js';
import { type Cause, diagnose } from '../../../engine/diagnosis/diagnose.js';
import { verdictOf } from '../../../engine/diagnosis/verdict-of.js';
import type { Verdict } from '../../../texts/verdict.js';
import type { FleetRow } from '../../fleet/fleet-row.js';

export type LookFinding = CheckResult['findings'][number];
export type LookCause = Cause<LookFinding, RunSymptom>;

/** What one run of a schedule says of one cluster. */
export interface ClusterLook {
  readonly cluster: string;
  readonly runId: string;
  /** Worst first; those without a known cause last. */
  readonly causes: readonly LookCause[];
  /** `causeKey` of every problem, those included that stand under a cause or are muted. */
  readonly problems: ReadonlySet<string>;
  readonly muted: ReadonlySet<string>;
  /** Checks whose word counts: what they no longer find is mended. */
  readonly read: ReadonlySet<string>;
  readonly unread: readonly { readonly check: string; readonly why: string }[];
  /** Why nothing of it could be read; absent = something could. */
  readonly dark?: string | undefined;
  readonly verdict?: Verdict | undefined;
}

/**
 * The same thing wrong with the same object, whichever run finds it. Pods come and go under one name after the other:
 * of them it is the namespace that counts.
 */
export const causeKey = ({ id, about }: Pick<LookFinding, 'id' | 'about'>): string =>
  findingKey({ id, about: about.kind === 'Pod' ? { ...about, name: '*' } : about });

export function lookAt(
  row: Pick<FleetRow, 'cluster' | 'runId' | 'detail'>,
  run: CheckRun | undefined,
  mutes: readonly Mute[],
): ClusterLook {
  const { cluster, runId } = row;
  if (run === undefined) return { ...nothing, cluster, runId, dark: row.detail ?? '' };
  const hidden = new Set(mutes.map(({ finding }) => finding));
  const all = run.checks.flatMap(({ findings }) => findings).filter(({ severity }) => severity === 'problem');
  const muted = all.filter(({ id }) => hidden.has(id));
  const diagnosis = diagnose(run, ({ id }) => hidden.has(id));
  const verdict = verdictOf(run, diagnosis, { muted: muted.length });
  const unread = run.checks.flatMap(({ id, unknown, outcome }) =>
    outcome === 'unknown' ? [{ check: id, why: unknown?.detail ?? '' }] : [],
  );
  return {
    cluster,
    runId,
    causes: [...diagnosis.causes, ...diagnosis.unexplained],
    problems: new Set(all.map(causeKey)),
    muted: new Set(muted.map(causeKey)),
    read: new Set(run.checks.filter(isWhole).map(({ id }) => id)),
    unread,
    dark: verdict.outcome === 'unread' ? (unread[0]?.why ?? '') : undefined,
    verdict,
  };
}

const nothing = {
  causes: [],
  unread: [],
  problems: new Set<string>(),
  muted: new Set<string>(),
  read: new Set<string>(),
};

/** One that could not tell of a part may have found the rest. */
const isWhole = ({ outcome, unknown }: CheckResult): boolean =>
  outcome !== 'unknown' && unknown === undefined;
