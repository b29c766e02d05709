import type { ClusterIdentity } from '../../cluster/identity/identity.js';
import { datesEveryWrite } from '../../cluster/write-times.js';
import { count } from '../../texts/count.js';
import type { Evidence, Judgement } from '../judging/define-check.js';
import { groupBy } from '../group-by.js';
import {
  aboutConfigMap,
  aboutDaemonSet,
  configWhere,
  kubeProxyVersion,
  type ReadableProxy,
} from './kube-proxies.js';
import type { kubeProxyModeMessages } from './kube-proxy-mode-messages.js';
import {
  fallsBack,
  logEvidence,
  missingModules,
  type ProxyStart,
  type ProxyStarts,
  sampledText,
} from './logs/kube-proxy-logs.js';
import { runningOnPresent, stalePods } from './stale-pods.js';

const SHOWN = 5;
type Report = Judgement<typeof kubeProxyModeMessages>;

interface ModeReading {
  readonly proxy: ReadableProxy;
  readonly read: ProxyStarts;
  /** Pods that exit, and whose own words were told. */
  readonly told: readonly string[];
  readonly identity: ClusterIdentity;
}

/** Set and in use are two things: which pods run in another mode, and why as far as that is known. */
export function reportModes(reading: ModeReading, report: Report): void {
  const { proxy, read } = reading;
  const configured = proxy.settings.mode;
  report.fact({ label: `${proxy.name}: mode set`, value: configured, where: configWhere(proxy.name) });
  report.fact({ label: `${proxy.name}: mode in use`, value: inUse(reading) });

  const unable = read.starts.filter(
    ({ refusal, mode }) => configured === 'ipvs' && refusal !== undefined && mode !== 'ipvs',
  );
  const fallen = unable.filter((start) => fallsBack(versionOf(start, reading)));
  const refused = unable.filter((start) => !fallsBack(versionOf(start, reading)));
  const data = { sampled: read.starts.length, daemonSet: proxy.name };
  const about = aboutConfigMap(proxy.name);
  if (fallen.length > 0)
    report.found('fellBack', about, {
      data: {
        ...data,
        count: fallen.length,
        actual: fallen.find(({ mode }) => mode)?.mode ?? 'iptables',
        remedy: ipvsRemedy(fallen),
      },
      evidence: fallen.slice(0, SHOWN).flatMap(refusalEvidence),
    });
  if (refused.length > 0)
    report.found('refused', about, {
      data: { ...data, count: refused.length, remedy: ipvsRemedy(refused) },
      evidence: refused.slice(0, SHOWN).flatMap(refusalEvidence),
    });
  reportOthers(reading, unable, report);
  if (isOpen(reading))
    report.unknown(read.unread === undefined ? 'check.no-evidence' : 'cluster.failed', silence(reading));
}

const versionOf = ({ version }: ProxyStart, { proxy, identity }: ModeReading) =>
  version ?? kubeProxyVersion(proxy, identity);

/** Pods in another mode that is not the fall-back from IPVS. */
function reportOthers(
  { proxy, read, identity }: ModeReading,
  unable: readonly ProxyStart[],
  report: Report,
): void {
  const configured = proxy.settings.mode;
  const others = read.starts.filter(
    (start) => start.mode !== undefined && start.mode !== configured && !unable.includes(start),
  );
  const old = new Set(stalePods(proxy).map(({ name }) => name));
  const dated = datesEveryWrite(identity.kubernetes) && proxy.configMap?.writtenAt !== undefined;
  const whyOf = ({ pod }: ProxyStart): string => {
    if (old.has(pod)) return 'They started before the ConfigMap was last changed.';
    return dated
      ? 'Why is not known: they started after the ConfigMap was last changed.'
      : 'Whether they started with another configuration is not known.';
  };
  for (const [why, same] of groupBy(others, whyOf))
    for (const [actual, members] of groupBy(same, ({ mode }) => mode ?? ''))
      report.found('otherMode', aboutDaemonSet(proxy.name), {
        data: {
          sampled: read.starts.length,
          daemonSet: proxy.name,
          count: members.length,
          actual,
          configured,
          why,
        },
        evidence: [
          { where: configWhere(proxy.name), value: `mode: ${configured}` },
          ...members.slice(0, SHOWN).flatMap(modeEvidence),
        ],
      });
}

/** What to do where IPVS cannot be used: by the modules that the log names. */
function ipvsRemedy(starts: readonly ProxyStart[]): string {
  const modules = [...new Set(starts.flatMap(({ refusal }) => missingModules(refusal ?? '')))];
  return modules.length === 0
    ? 'Roll the change back, then restart the node.'
    : `Not loaded there: ${modules.join(', ')}. Load them with modprobe and restart kube-proxy there, or roll the change back.`;
}

/** From 1.26 on kube-proxy exits where it cannot use its mode: a pod that runs uses it. */
function provenByRunning({ proxy, identity }: ModeReading): number {
  const version = kubeProxyVersion(proxy, identity);
  if (version === undefined || fallsBack(version) || !datesEveryWrite(identity.kubernetes)) return 0;
  return runningOnPresent(proxy).length;
}

function inUse(reading: ModeReading): string {
  const { read, proxy } = reading;
  const told = read.starts.filter(({ mode }) => mode !== undefined);
  const counts = [...groupBy(told, ({ mode }) => mode)].map(
    ([mode, members]) => `${mode} on ${members.length}`,
  );
  if (told.length > 0) return `${counts.join(', ')} (${sampledText(read)})`;
  const running = provenByRunning(reading);
  return running === 0
    ? `not readable: no log says it (${sampledText(read)})`
    : `${proxy.settings.mode}: ${count(running, 'pod runs', 'pods run')} that started since the last change, and from 1.26 on kube-proxy does not fall back`;
}

const isOpen = (reading: ModeReading): boolean =>
  reading.told.length === 0 &&
  reading.read.starts.every(({ mode, refusal }) => mode === undefined && refusal === undefined) &&
  (reading.read.unread !== undefined || provenByRunning(reading) === 0);

const silence = ({ proxy: { name }, read }: ModeReading): string =>
  read.unread === undefined
    ? `No log of ${name} says in which mode it runs (${sampledText(read)}).`
    : `Logs of ${name} could not be read: ${read.unread}`;

const refusalEvidence = ({ pod, refusal, modeLine }: ProxyStart): readonly Evidence[] =>
  [refusal, modeLine].flatMap((line) => (line === undefined ? [] : [logEvidence(pod, line)]));

const modeEvidence = ({ pod, modeLine }: ProxyStart): readonly Evidence[] =>
  modeLine === undefined ? [] : [logEvidence(pod, modeLine)];
