import { formatVersion, isAtLeast } from '../../cluster/versions.js';
import type { PodView } from '../../cluster/views/pod.js';
import { defineCheck, type Evidence } from '../define-check.js';
import { groupBy } from '../group-by.js';
import {
  aboutConfigMap,
  aboutDaemonSet,
  configWhere,
  gatherKubeProxies,
  kubeProxyReads,
  kubeProxyVersion,
  type ReadableProxy,
  readableProxies,
} from './kube-proxies.js';
import {
  fallsBack,
  gatherProxyStarts,
  logEvidence,
  type ProxyStart,
  type ProxyStarts,
  sampledText,
} from './kube-proxy-logs.js';

const SHOWN = 5;

/** Configured and used are two things. Source: FAQ "How do I change the IPVS load balancing mode…"; cluster-signals 5.4. */
export const kubeProxyMode = defineCheck({
  id: 'kube-proxy-mode',
  title: 'kube-proxy runs in the mode it is set to',
  area: 'kube-proxy',
  intents: ['kube-proxy-config', 'ipvs-scheduler'],
  reads: [...kubeProxyReads, { group: '', resource: 'pods/log', verbs: ['get'], namespace: 'kube-system' }],
  messages: {
    notReady: {
      severity: 'problem',
      text: '{count} of {total} {daemonSet} pods are not ready ({reasons}): Services do not follow their endpoints on those nodes.',
    },
    fellBack: {
      severity: 'problem',
      text: '{count} of {sampled} sampled {daemonSet} pods run in iptables mode although ipvs is set: IPVS could not be used there. Roll the change back, then restart the node.',
      intent: 'ipvs-scheduler',
    },
    refused: {
      severity: 'problem',
      text: '{count} of {sampled} sampled {daemonSet} pods say that they cannot use IPVS and, from Kubernetes 1.26 on, exit instead of falling back.',
      intent: 'ipvs-scheduler',
    },
    otherMode: {
      severity: 'problem',
      text: '{count} of {sampled} sampled {daemonSet} pods run in {actual} mode, set is {configured}. They started with another configuration.',
    },
    ipvsDeprecated: {
      severity: 'advice',
      text: 'IPVS mode is deprecated from Kubernetes 1.35 on (this is {version}); nftables and Terway DataPath V2 are its successors.',
    },
  },

  async gather(reader) {
    const proxies = await gatherKubeProxies(reader);
    return Promise.all(
      proxies.map(async (proxy) => ({ ...proxy, logs: await gatherProxyStarts(reader, proxy) })),
    );
  },

  judge(proxies, report, { identity }) {
    const logs = new Map(proxies.map((proxy) => [proxy.name, proxy.logs]));
    for (const { name, pods } of proxies) {
      const broken = pods.filter(({ ready, deleting }) => !ready && !deleting);
      if (broken.length > 0)
        report.found('notReady', aboutDaemonSet(name), {
          data: { count: broken.length, total: pods.length, daemonSet: name, reasons: reasonsOf(broken) },
          evidence: broken.slice(0, SHOWN).map(podEvidence),
        });
    }
    for (const proxy of readableProxies(proxies, report, { identity, needs: ['mode'] })) {
      const read = logs.get(proxy.name) ?? { starts: [], of: 0 };
      const version = kubeProxyVersion(proxy, identity);
      const configured = proxy.settings.mode;
      report.fact({ label: `${proxy.name}: mode set`, value: configured, where: configWhere(proxy.name) });
      report.fact({ label: `${proxy.name}: mode in use`, value: inUse(read) });

      const refusing =
        configured === 'ipvs' ? read.starts.filter(({ refusal }) => refusal !== undefined) : [];
      const unable = refusing.filter(({ mode }) => mode !== 'ipvs');
      const fallen = fallsBack(version) ? unable : [];
      const refused = fallsBack(version) ? [] : unable;
      const data = { sampled: read.starts.length, daemonSet: proxy.name };
      if (fallen.length > 0)
        report.found('fellBack', aboutConfigMap(proxy.name), {
          data: { ...data, count: fallen.length },
          evidence: fallen.slice(0, SHOWN).flatMap(refusalEvidence),
        });
      if (refused.length > 0)
        report.found('refused', aboutConfigMap(proxy.name), {
          data: { ...data, count: refused.length },
          evidence: refused.slice(0, SHOWN).flatMap(refusalEvidence),
        });
      for (const [actual, members] of otherModes(read, proxy))
        report.found('otherMode', aboutDaemonSet(proxy.name), {
          data: { ...data, count: members.length, actual, configured },
          evidence: [
            { where: configWhere(proxy.name), value: `mode: ${configured}` },
            ...members.slice(0, SHOWN).flatMap(modeEvidence),
          ],
        });
      if (configured === 'ipvs' && version !== undefined && isAtLeast(version, '1.35'))
        report.found('ipvsDeprecated', aboutConfigMap(proxy.name), {
          data: { version: formatVersion(version) },
          evidence: [{ where: configWhere(proxy.name), value: 'mode: ipvs' }],
        });
      if (read.starts.every(({ mode, refusal }) => mode === undefined && refusal === undefined))
        report.unknown(
          read.unread === undefined ? 'check.no-evidence' : 'cluster.failed',
          silence(proxy, read),
        );
    }
  },
});

/** Pods in another mode that is not the fall-back from IPVS. */
const otherModes = (
  { starts }: ProxyStarts,
  { settings }: ReadableProxy,
): ReadonlyMap<string, readonly ProxyStart[]> =>
  groupBy(
    starts.filter(
      ({ mode, refusal }) => mode !== undefined && mode !== settings.mode && refusal === undefined,
    ),
    ({ mode }) => mode ?? '',
  );

function inUse(read: ProxyStarts): string {
  const told = read.starts.filter(({ mode }) => mode !== undefined);
  if (told.length === 0) return `not readable: no log says it (${sampledText(read)})`;
  const counts = [...groupBy(told, ({ mode }) => mode)].map(
    ([mode, members]) => `${mode} on ${members.length}`,
  );
  return `${counts.join(', ')} (${sampledText(read)})`;
}

const silence = ({ name }: ReadableProxy, read: ProxyStarts): string =>
  read.unread === undefined
    ? `No start of ${name} is in the logs any more (${sampledText(read)}), so the mode in use is not readable.`
    : `Logs of ${name} could not be read: ${read.unread}`;

const refusalEvidence = ({ pod, refusal, modeLine }: ProxyStart): readonly Evidence[] =>
  [refusal, modeLine].flatMap((line) => (line === undefined ? [] : [logEvidence(pod, line)]));

const modeEvidence = ({ pod, modeLine }: ProxyStart): readonly Evidence[] =>
  modeLine === undefined ? [] : [logEvidence(pod, modeLine)];

const waitingOf = ({ containers, phase }: PodView): string =>
  containers.find(({ reason }) => reason !== undefined)?.reason ?? (phase || 'no state');

const reasonsOf = (broken: readonly PodView[]): string =>
  [...groupBy(broken, waitingOf)].map(([reason, members]) => `${reason}: ${members.length}`).join(', ');

const podEvidence = (pod: PodView): Evidence => ({
  where: `Pod kube-system/${pod.name} on ${pod.node ?? 'no node'}`,
  value: `${waitingOf(pod)}, restarted ${pod.containers.reduce((sum, { restarts }) => sum + restarts, 0)} times`,
});
