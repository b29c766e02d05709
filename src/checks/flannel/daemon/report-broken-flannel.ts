import type { ObjectRef } from '../../../cluster/ports.js';
import type { PodView } from '../../../cluster/views/pod.js';
import { type Crash, type Crashes, downPods } from '../../crashes/crash.js';
import { crashEvidence, stateEvidence, stateWord } from '../../crashes/crash-evidence.js';
import { standstill } from '../../crashes/standstill.js';
import type { Affected, Evidence, Judgement } from '../../judging/define-check.js';
import { groupBy } from '../../group-by.js';
import { listed } from '../../listed.js';
import { type FlannelExitLine, flannelExitIn } from './flannel-exits.js';
import type { flannelVersionMessages } from './flannel-version-messages.js';

const SHOWN = 5;
const LONGEST = 300;

interface BrokenFlannel {
  readonly about: ObjectRef;
  readonly pods: readonly PodView[];
  readonly crashes: Crashes;
  /** When ConfigMap kube-flannel-cfg was last written. */
  readonly writtenAt: string | undefined;
}

type Report = Pick<Judgement<typeof flannelVersionMessages>, 'found'>;

interface Cause {
  readonly pod: PodView;
  readonly crash: Crash | undefined;
  /** Those of one are told together: their words differ by names only. */
  readonly kind: unknown;
  readonly cause: string;
  readonly remedy: string;
  readonly line?: string | undefined;
}

/** Pods that are not ready: by a cause that no restart ends, else by their state. */
export function reportBrokenFlannel(broken: BrokenFlannel, report: Report): void {
  const { pods, crashes, writtenAt } = broken;
  const down = downPods(pods);
  const read = new Map(crashes.crashes.map((crash) => [crash.pod, crash]));
  const known = down.flatMap((pod) => causeOf(pod, read.get(pod), writtenAt) ?? []);
  const told = new Set(known.map(({ pod }) => pod));
  const open = down.filter((pod) => !told.has(pod));
  // One cause repeats itself: pods beyond the sample are told with the cause that its logs name.
  const unread = open.filter((pod) => !read.has(pod));
  const main = known.find(({ line }) => line !== undefined)?.kind;
  for (const [kind, members] of groupBy(known, (entry) => entry.kind))
    reportCannotStart(broken, { members, unread: kind === main ? unread : [] }, report);
  const left = main === undefined ? open : open.filter((pod) => read.has(pod));
  if (left.length > 0) reportNotReady(broken, left, report);
}

function reportCannotStart(
  { about, pods }: BrokenFlannel,
  { members, unread }: { readonly members: readonly Cause[]; readonly unread: readonly PodView[] },
  report: Report,
): void {
  const own = [...members.map(({ pod }) => pod), ...unread];
  report.found('cannotStart', about, {
    data: {
      count: own.length,
      total: pods.length,
      sampled: unread.length === 0 ? '' : ` (${members.length} were looked into)`,
      cause: members[0]?.cause ?? '',
      remedy: members[0]?.remedy ?? '',
      nodes: listed(own.map(({ node }) => node ?? 'no node')),
    },
    evidence: members.slice(0, SHOWN).flatMap(evidenceOf),
    affects: affected(about, own),
  });
}

function reportNotReady(
  { about, pods, crashes }: BrokenFlannel,
  open: readonly PodView[],
  report: Report,
): void {
  const said = crashes.crashes.filter(({ pod }) => open.includes(pod));
  const last = said.find(({ lastWords }) => lastWords !== undefined)?.lastWords;
  report.found('notReady', about, {
    data: {
      notReady: open.length,
      total: pods.length,
      state: listed([...new Set(open.map(stateWord))]),
      last: last === undefined ? '' : ` The last words of one: “${last.slice(0, LONGEST)}”.`,
    },
    evidence: open.slice(0, SHOWN).flatMap((pod) =>
      evidenceFrom(
        said.find((crash) => crash.pod === pod),
        pod,
      ),
    ),
    affects: affected(about, open),
  });
}

const evidenceFrom = (crash: Crash | undefined, pod: PodView): readonly Evidence[] =>
  crash === undefined ? [stateEvidence(pod)] : crashEvidence(crash);

function causeOf(pod: PodView, crash: Crash | undefined, writtenAt: string | undefined): Cause | undefined {
  const cause = standstill(pod);
  if (cause !== undefined)
    return { pod, crash, kind: cause, cause, remedy: 'The kubelet tries that again by itself.' };
  const told = flannelExitIn(crash?.lines ?? []);
  if (told === undefined || crash === undefined || isMended(told, crash, writtenAt)) return undefined;
  return { pod, crash, kind: told.exit, cause: `“${told.part}”`, remedy: told.exit.remedy, line: told.line };
}

/** What it ended over has been written anew since: the next start may well succeed. */
const isMended = ({ exit }: FlannelExitLine, { container }: Crash, writtenAt: string | undefined): boolean =>
  exit.configured === true && Date.parse(writtenAt ?? '') > Date.parse(container?.ended?.at ?? '');

const evidenceOf = ({ pod, crash, line }: Cause): readonly Evidence[] =>
  line === undefined || crash === undefined ? [stateEvidence(pod)] : crashEvidence(crash, line);

const affected = ({ name }: ObjectRef, pods: readonly PodView[]): Affected => ({
  nodes: pods.flatMap(({ node }) => node ?? []),
  workloads: [name],
});
