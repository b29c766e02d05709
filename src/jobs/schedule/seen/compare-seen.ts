import { labelOf } from '../../../cluster/object-label.js';
import { findingLine } from '../../../texts/findings/finding-line.js';
import { type ClusterLook, causeKey, type LookCause, type LookFinding } from './look-at.js';
import type { ClusterSeen, Seen, Told } from './seen.js';

/** What a cluster's readers are to be told. */
export interface ClusterChange {
  readonly look: ClusterLook;
  /** Nobody was told of it before. */
  readonly isFirst: boolean;
  /** Causes with what is new of them alone. */
  readonly fresh: readonly LookCause[];
  /** By cause. */
  readonly mended: readonly (readonly Told[])[];
  /** Causes that were told before. */
  readonly still: number;
  readonly turnedDark: boolean;
  readonly readAgain: boolean;
  /** Checks that cannot tell any more, where others can. */
  readonly blind: ClusterLook['unread'];
}

/** Between what was told last and what is now. */
export interface ScheduleChanges {
  /** When the run compared with began; absent = this is the first. */
  readonly since?: string | undefined;
  readonly clusters: readonly ClusterChange[];
  /** Told of before, and not looked at any more. */
  readonly gone: readonly string[];
}

export function compareSeen(
  before: Seen | undefined,
  looks: readonly ClusterLook[],
  leftOut: readonly string[] = [],
): ScheduleChanges {
  const present = new Set([...looks.map(({ cluster }) => cluster), ...leftOut]);
  return {
    since: before?.at,
    clusters: looks.map((look) => changeOf(before?.clusters[look.cluster], look)),
    gone: Object.keys(before?.clusters ?? {}).filter((cluster) => !present.has(cluster)),
  };
}

/** Whether there is anything to tell. */
export const isNews = ({ since, clusters, gone }: ScheduleChanges): boolean =>
  since === undefined || gone.length > 0 || clusters.some(isChanged);

const isChanged = (change: ClusterChange): boolean =>
  change.fresh.length + change.mended.length + change.blind.length > 0 ||
  change.turnedDark ||
  change.readAgain;

function changeOf(before: ClusterSeen | undefined, look: ClusterLook): ClusterChange {
  const told = before?.told ?? {};
  const isNew = (finding: LookFinding): boolean => !Object.hasOwn(told, causeKey(finding));
  const fresh = look.causes
    .map((cause) => ({ ...cause, findings: cause.findings.filter(isNew) }))
    .filter(({ findings }) => findings.length > 0);
  const old = Object.entries(told);
  const isDark = look.dark !== undefined;
  const blindBefore = new Set(before?.unread ?? []);
  return {
    look,
    isFirst: before === undefined,
    fresh,
    mended: byCause(old.filter(([key, one]) => isMended(look, key, one)).map(([, one]) => one)),
    still: look.causes.filter(({ findings }) => !findings.some(isNew)).length,
    turnedDark: isDark && before?.isDark !== true,
    readAgain: !isDark && before?.isDark === true,
    blind: isDark ? [] : look.unread.filter(({ check }) => !blindBefore.has(check)),
  };
}

/** Only where the check that found it has looked again, and not where somebody muted it. */
const isMended = ({ problems, read }: ClusterLook, key: string, { check }: Told): boolean =>
  !problems.has(key) && read.has(check);

function byCause(told: readonly Told[]): readonly (readonly Told[])[] {
  const groups = new Map<string, Told[]>();
  for (const one of told) groups.set(one.cause, [...(groups.get(one.cause) ?? []), one]);
  return [...groups.values()];
}

const LINE = 300;

/** What is known to the readers once these changes are told; of a cluster that was left out, what they knew before. */
export function seenAfter(
  before: Seen | undefined,
  looks: readonly ClusterLook[],
  { leftOut = [], ...run }: Pick<Seen, 'fleetId' | 'at'> & { readonly leftOut?: readonly string[] },
): Seen {
  const kept = Object.entries(before?.clusters ?? {}).filter(([cluster]) => leftOut.includes(cluster));
  const now = looks.map(
    (look) => [look.cluster, clusterAfter(before?.clusters[look.cluster], look)] as const,
  );
  return { ...run, clusters: Object.fromEntries([...kept, ...now]) };
}

function clusterAfter(before: ClusterSeen | undefined, look: ClusterLook): ClusterSeen {
  const kept = Object.entries(before?.told ?? {}).filter(
    ([key, one]) => !isMended(look, key, one) && !look.muted.has(key),
  );
  const now = look.causes.flatMap(({ id, findings }) =>
    findings.map((finding): [string, Told] => [causeKey(finding), toldOf(id, finding)]),
  );
  return {
    told: Object.fromEntries([...kept, ...now]),
    // While nothing can be read, what could not be told before is not forgotten either.
    unread: look.dark === undefined ? look.unread.map(({ check }) => check) : (before?.unread ?? []),
    isDark: look.dark !== undefined,
  };
}

const toldOf = (cause: string, finding: LookFinding): Told => ({
  cause,
  check: finding.check,
  line: findingLine(finding).slice(0, LINE),
  kind: finding.about.kind,
  object: labelOf(finding.about),
});
