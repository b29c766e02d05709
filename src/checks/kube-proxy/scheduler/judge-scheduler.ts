import type { ClusterIdentity } from '../../../cluster/identity/identity.js';
import type { NodeView } from '../../../cluster/views/node.js';
import { datesEveryWrite } from '../../../cluster/write-times.js';
import type { Evidence, Judgement } from '../../judging/define-check.js';
import { listed } from '../../listed.js';
import { bypassOf, hostTrafficOnly, type TerwayConfig } from '../../terway/terway-config.js';
import { brokenValue } from '../document/kube-proxy-settings.js';
import { aboutConfigMap, configWhere, kubeProxyVersion, type ReadableProxy } from '../kube-proxies.js';
import {
  fallsBack,
  logEvidence,
  type ProxyStart,
  type ProxyStarts,
  sampledText,
} from '../logs/kube-proxy-logs.js';
import { runningOnPresent } from '../stale-pods.js';
import type { ipvsSchedulerMessages } from './ipvs-scheduler-messages.js';

const SHOWN = 8;
/** Schedulers of the Linux kernel's IPVS. */
const KERNEL_SCHEDULERS = /^(rr|wrr|lc|wlc|lblc|lblcr|dh|sh|sed|nq|fo|ovf|mh|twos)$/;
/** Modules that IPVS mode needs anyway. Source: kube-proxy's list of required kernel modules. */
const ALWAYS_THERE = /^(rr|wrr|sh)$/;
/** Nodes created before may lack the other modules. Source: FAQ. */
const ALL_MODULES_SINCE = Date.parse('2022-10-01T00:00:00Z');

type Report = Judgement<typeof ipvsSchedulerMessages>;

interface Around {
  /** What the logs of a sample of its pods say of their start. */
  readonly read: ProxyStarts;
  readonly nodes: readonly NodeView[];
  readonly acceleration: TerwayConfig['acceleration'];
  readonly identity: ClusterIdentity;
}

/** The algorithm of one kube-proxy: whether it is one, is had, reaches pods, and may be lacking anywhere. */
export function judgeScheduler(report: Report, proxy: ReadableProxy, around: Around): void {
  const { read, nodes, identity } = around;
  const set = readScheduler(report, proxy);
  if (set === undefined) return;
  const missing = reportMissing(report, set, read);
  const unable = read.starts.filter(({ mode, refusal }) => mode !== 'ipvs' && refusal !== undefined);
  if (!missing && unable.length > 0) {
    report.unknown('check.no-evidence', otherReason(set.scheduler, unable));
    return;
  }
  reportReach(report, set, { bypass: bypassOf(around.acceleration), missing });
  if (ALWAYS_THERE.test(set.scheduler)) return;

  const running = runningInIpvs(proxy, read, identity);
  const old = olderNodes(nodes, proxy).filter(({ name }) => !running.has(name));
  if (old.length > 0)
    report.found('mayLackModule', set.about, {
      data: { count: old.length, scheduler: set.scheduler },
      evidence: old.slice(0, SHOWN).map(createdEvidence),
    });
  const proven = read.unread === undefined && running.size > 0;
  if (!missing && !proven && !read.starts.some(({ mode }) => mode === 'ipvs'))
    report.unknown('check.no-evidence', silence(set.scheduler, read));
}

interface SetScheduler {
  readonly name: string;
  readonly scheduler: string;
  /** The ConfigMap names none: it is the one that kube-proxy takes then. */
  readonly isDefault: boolean;
  readonly about: ReturnType<typeof aboutConfigMap>;
  readonly shown: Evidence;
}

/** undefined = there is none that could be in use, and that is reported. */
function readScheduler(report: Report, { name, settings, config }: ReadableProxy): SetScheduler | undefined {
  const about = aboutConfigMap(name);
  const scheduler = settings.scheduler ?? 'rr';
  const isDefault = settings.scheduler === undefined;
  const shown = { where: configWhere(name), value: `ipvs.scheduler: ${settings.scheduler ?? 'absent'}` };
  const broken = brokenValue(config, 'ipvs.scheduler');
  if (broken !== undefined && isDefault) {
    report.unknown('cluster.malformed', `ipvs.scheduler in ConfigMap ${name} ${broken.detail}.`);
    return undefined;
  }
  report.fact({ label: `${name}: IPVS algorithm`, value: scheduler, where: shown.where });
  const known = KERNEL_SCHEDULERS.test(scheduler);
  if (known && broken === undefined) return { name, scheduler, isDefault, about, shown };
  report.found('unknownName', about, {
    data: {
      configMap: name,
      scheduler: scheduler.slice(0, 60),
      unknownTo: known ? 'kube-proxy before 1.27' : 'the Linux kernel',
    },
    evidence: [shown],
  });
  return undefined;
}

/** Whether there is a node that lacks it by its log. */
function reportMissing(
  report: Report,
  { name, scheduler, isDefault, about, shown }: SetScheduler,
  { starts }: ProxyStarts,
): boolean {
  const missing = starts.filter(({ mode, refusal }) => mode !== 'ipvs' && names(refusal, scheduler));
  if (missing.length > 0)
    report.found('moduleMissing', about, {
      data: {
        scheduler,
        count: missing.length,
        sampled: starts.length,
        nodes: listed(missing.map(({ node }) => node)),
        back: isDefault ? '' : `, or put ConfigMap ${name} back`,
      },
      evidence: [
        shown,
        ...missing.flatMap(({ pod, refusal }) => (refusal ? [logEvidence(pod, refusal)] : [])),
      ],
    });
  return missing.length > 0;
}

interface Reach {
  readonly bypass: ReturnType<typeof bypassOf>;
  readonly missing: boolean;
}

function reportReach(
  report: Report,
  { name, scheduler, isDefault, about, shown }: SetScheduler,
  { bypass, missing }: Reach,
): void {
  if (bypass !== undefined && isDefault)
    report.fact({ label: `${name}: reaches`, value: hostTrafficOnly(bypass) });
  else if (bypass !== undefined)
    report.found('bypassed', about, { data: { scheduler, datapath: bypass }, evidence: [shown] });
  else if (isDefault && !missing)
    report.found('default', about, { data: { configMap: name }, evidence: [shown] });
}

/** Whether a line of kube-proxy says that this algorithm cannot be had: by module up to 1.26, by name from 1.27 on. */
const names = (refusal: string | undefined, scheduler: string): boolean =>
  refusal !== undefined &&
  (refusal.includes(`ip_vs_${scheduler}]`) ||
    refusal.includes(`ip_vs_${scheduler} `) ||
    refusal.includes(`scheduler="${scheduler}"`));

/** What a log gives as the reason is something else than this algorithm. */
const otherReason = (scheduler: string, unable: readonly ProxyStart[]): string =>
  `Whether ${scheduler} can be used is not known: kube-proxy cannot use IPVS at all on ${listed(unable.map(({ node }) => node))} (see kube-proxy-mode).`;

/** Nodes on which kube-proxy says it uses IPVS, or runs from 1.26 on, where it would exit otherwise. */
function runningInIpvs(
  proxy: ReadableProxy,
  { starts }: ProxyStarts,
  identity: ClusterIdentity,
): ReadonlySet<string> {
  const said = starts.filter(({ mode }) => mode === 'ipvs').map(({ node }) => node);
  const version = kubeProxyVersion(proxy, identity);
  const exits = version !== undefined && !fallsBack(version) && datesEveryWrite(identity.kubernetes);
  return new Set([...said, ...(exits ? runningOnPresent(proxy).map(({ node }) => node ?? '') : [])]);
}

const silence = (scheduler: string, read: ProxyStarts): string =>
  read.unread === undefined
    ? `No log says whether ${scheduler} is in use (${sampledText(read)}).`
    : `Whether ${scheduler} is in use could not be read: ${read.unread}`;

function olderNodes(list: readonly NodeView[], { pods }: ReadableProxy): readonly NodeView[] {
  const served = new Set(pods.map(({ node }) => node));
  return list.filter(
    ({ name, createdAt }) => served.has(name) && Date.parse(createdAt ?? '') < ALL_MODULES_SINCE,
  );
}

const createdEvidence = ({ name, createdAt }: NodeView): Evidence => ({
  where: `Node ${name}, metadata.creationTimestamp`,
  value: createdAt ?? '',
});
