import type { PodView } from '../../cluster/views/pod.js';
import { crashEvidence, crashLine, stateEvidence, stateWord } from '../crashes/crash-evidence.js';
import { failingContainer } from '../crashes/failing-container.js';
import type { Judgement } from '../judging/define-check.js';
import { groupBy } from '../group-by.js';
import { aboutDaemonSet, type KubeProxy } from './kube-proxies.js';
import type { kubeProxyModeMessages } from './kube-proxy-mode-messages.js';
import type { Crash, Crashes } from './logs/crash-logs.js';
import type { Tells } from './logs/log-wordings.js';

const SHOWN = 5;
type Report = Pick<Judgement<typeof kubeProxyModeMessages>, 'found'>;

/** What to do where a restart does nothing; `no-ipvs` is told with the mode. */
const remedies: Readonly<Partial<Record<Tells, (name: string) => string>>> = {
  'bad-gate': (name) => `Correct featureGates in ConfigMap ${name}.`,
  'bad-config': (name) => `Correct the configuration in ConfigMap ${name}.`,
  'bad-flag': (name) => `Correct the command of DaemonSet ${name}.`,
  'wrong-family': (name) => `Give ConfigMap ${name} address ranges of the nodes’ own family.`,
  'no-range': () => 'The node has no pod range: see why it gets no spec.podCIDR.',
  'port-taken': () =>
    'Something else on the node holds the port: find it with ss -lntp, or set another address.',
};

/** Pods that are not ready: by the cause their own logs name, else by their state. Those told are returned. */
export function reportBrokenPods(
  proxy: KubeProxy,
  { crashes, of }: Crashes,
  report: Report,
): readonly string[] {
  if (of === 0) return [];
  const exiting = crashes.filter((crash) => isLasting(proxy, crash));
  const explained = crashes.filter((crash) => crash.cause?.tells === 'no-ipvs' || exiting.includes(crash));
  for (const [, members] of groupBy(exiting, ({ cause }) => cause?.part))
    reportExits(report, proxy, { members, unready: of, sampled: crashes.length });
  if (explained.length < crashes.length || crashes.length === 0)
    reportUnexplained(report, proxy, { crashes, explained });
  return explained.map(({ pod }) => pod.name);
}

/** Exits for a cause that is known, and that no restart ends: its config has not been changed since. */
function isLasting({ configMap }: KubeProxy, { pod, cause }: Crash): boolean {
  if (cause === undefined || remedies[cause.tells] === undefined || !hasExited(pod)) return false;
  const ended = Date.parse(failingContainer(pod)?.ended?.at ?? '');
  const changedSince = Date.parse(configMap?.writtenAt ?? '') > ended;
  return !(changedSince && (cause.tells === 'bad-gate' || cause.tells === 'bad-config'));
}

/** One that runs on does not exit: an address that is taken is only tried again. */
function hasExited(pod: PodView): boolean {
  const container = failingContainer(pod);
  return container?.startedAt === undefined || container.ended !== undefined;
}

interface Exits {
  /** Of one cause. */
  readonly members: readonly Crash[];
  readonly unready: number;
  readonly sampled: number;
}

function reportExits(report: Report, proxy: KubeProxy, { members, unready, sampled }: Exits): void {
  const cause = members[0]?.cause;
  if (cause === undefined) return;
  report.found('exits', aboutDaemonSet(proxy.name), {
    data: {
      unready,
      sampled,
      total: proxy.pods.length,
      daemonSet: proxy.name,
      count: members.length,
      says: cause.part,
      remedy: remedies[cause.tells]?.(proxy.name) ?? '',
    },
    evidence: members.slice(0, SHOWN).flatMap((crash) => crashEvidence(crash, crash.cause?.line)),
  });
}

interface Unexplained {
  readonly crashes: readonly Crash[];
  readonly explained: readonly Crash[];
}

function reportUnexplained(
  report: Report,
  { name, pods }: KubeProxy,
  { crashes, explained }: Unexplained,
): void {
  const told = new Set(explained.map(({ pod }) => pod.name));
  const broken = pods.filter((pod) => !pod.ready && !pod.deleting && !told.has(pod.name));
  const open = crashes.filter(({ pod }) => !told.has(pod.name));
  const last = open.find(({ lastWords }) => lastWords !== undefined)?.lastWords;
  report.found('notReady', aboutDaemonSet(name), {
    data: {
      count: broken.length,
      total: pods.length,
      daemonSet: name,
      reasons: reasonsOf(broken),
      last: last === undefined ? '' : ` The last words of one: “${last.slice(0, LONGEST)}”.`,
    },
    evidence: [
      ...broken.slice(0, SHOWN).map(stateEvidence),
      ...open.flatMap((crash) => (crash.lastWords === undefined ? [] : [crashLine(crash, crash.lastWords)])),
    ],
  });
}

const LONGEST = 300;

const reasonsOf = (broken: readonly PodView[]): string =>
  [...groupBy(broken, stateWord)].map(([reason, members]) => `${reason}: ${members.length}`).join(', ');
