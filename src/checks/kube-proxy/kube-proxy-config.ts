import type { ClusterIdentity } from '../../cluster/identity/identity.js';
import type { Version } from '../../cluster/identity/versions.js';
import { nodes } from '../../cluster/views/node.js';
import type { PodView } from '../../cluster/views/pod.js';
import { form } from '../../texts/count.js';
import { failingContainer } from '../crashes/failing-container.js';
import { defineCheck, type Evidence, type Judgement } from '../judging/define-check.js';
import { isNetworkedNode } from '../node-kinds.js';
import { untoldRestarts } from '../untold-restarts.js';
import { stopsKubeProxy } from './document/kube-proxy-fault.js';
import {
  aboutConfigMap,
  aboutDaemonSet,
  CONFIG_KEY,
  configOf,
  configWhere,
  gatherKubeProxies,
  type KubeProxy,
  kubeProxyNames,
  kubeProxyReads,
  NO_KUBE_PROXY,
  type ReadableProxy,
  readAt,
} from './kube-proxies.js';
import { kubeProxyConfigMessages } from './kube-proxy-config-messages.js';
import { reportFaults } from './report-faults.js';
import { runningOnPresent, stalePods } from './stale-pods.js';

const SHOWN = 8;

/** Source: FAQ "How do I modify the kube-proxy configuration?"; cluster-signals 5.1 to 5.3. */
export const kubeProxyConfig = defineCheck({
  id: 'kube-proxy-config',
  title: 'kube-proxy takes its configuration, and has read it since it last changed',
  area: 'kube-proxy',
  intents: ['kube-proxy-config'],
  judges: [...kubeProxyNames],
  reads: [...kubeProxyReads, { group: '', resource: 'nodes', verbs: ['list'] }],
  messages: kubeProxyConfigMessages,

  async gather(reader) {
    const [proxies, list] = await Promise.all([gatherKubeProxies(reader), reader.list(nodes)]);
    const served = list.filter(isNetworkedNode);
    return { proxies, served: served.length, free: served.filter(isWithoutKubeProxy).length };
  },

  judge({ proxies, served, free }, report, { identity }) {
    if (proxies.length === 0 && served > 0 && served === free)
      return report.notApplicable(`No node runs kube-proxy (label ${NO_KUBE_PROXY}=true on all ${served}).`);
    if (proxies.length === 0)
      return report.unknown(
        'cluster.not-found',
        'kube-system has neither ConfigMap nor DaemonSet of kube-proxy (a managed one is not visible here).',
      );

    const readable = proxies.flatMap((proxy) => judgeOne(report, proxy, identity) ?? []);
    if (identity.flavor === 'dedicated' && !proxies.some(({ name }) => name === 'kube-proxy-master'))
      report.unknown(
        'cluster.not-found',
        'kube-proxy-master, which a dedicated cluster has, is not in kube-system.',
      );
    const fields = differingFields(readable);
    if (fields.length > 0)
      report.found('differ', aboutConfigMap('kube-proxy-master'), {
        data: { fields: fields.map(({ name }) => name).join(', ') },
        evidence: fields.flatMap(({ evidence }) => evidence).slice(0, SHOWN),
      });
    if (free > 0)
      report.fact({
        label: 'Nodes without kube-proxy',
        value: `${free} of ${served}`,
        where: `Nodes, label ${NO_KUBE_PROXY}`,
      });
  },
});

type Report = Judgement<typeof kubeProxyConfigMessages>;

/** Its configuration, as far as it can be compared with another one's. */
function judgeOne(report: Report, proxy: KubeProxy, identity: ClusterIdentity): ReadableProxy | undefined {
  const config = configOf(proxy, identity);
  if (config === undefined) {
    report.unknown(
      'cluster.not-found',
      `ConfigMap kube-system/${proxy.name} has no key ${CONFIG_KEY} to read.`,
    );
    return undefined;
  }
  reportFaults(report, proxy, { faults: config.faults, identity });
  // Where a restart would stop kube-proxy, nobody is told that one settles it.
  reportApplied(report, proxy, { identity, isRestartable: !config.faults.some(stopsKubeProxy) });
  return config.settings && { ...proxy, config, settings: config.settings };
}

interface Applied {
  readonly identity: ClusterIdentity;
  readonly isRestartable: boolean;
}

/** Whether its pods have read it since it was written. */
function reportApplied(report: Report, proxy: KubeProxy, { identity, isRestartable }: Applied): void {
  const stale = stalePods(proxy);
  for (const untold of isRestartable ? untoldAges(proxy, { stale, kubernetes: identity.kubernetes }) : [])
    report.unknown('check.no-evidence', untold, ['notApplied']);
  if (isRestartable && hasNotStarted(proxy))
    report.unknown('check.no-evidence', notStarted(proxy.name), ['unreadable', 'wrongValue', 'gateRefused']);
  if (stale.length > 0)
    report.found('notApplied', aboutDaemonSet(proxy.name), {
      data: {
        count: stale.length,
        total: proxy.pods.length,
        daemonSet: proxy.name,
        by: byWhom(proxy),
      },
      evidence: [writtenEvidence(proxy), ...stale.slice(0, SHOWN - 1).map(startEvidence)],
    });
}

const isWithoutKubeProxy = ({ labels }: { labels: Readonly<Record<string, string>> }): boolean =>
  labels[NO_KUBE_PROXY] === 'true';

/** Whether the pods run this configuration cannot be told without both times. */
function untoldAges(
  { name, configMap, pods }: KubeProxy,
  { stale, kubernetes }: { stale: readonly PodView[]; kubernetes: Version | undefined },
): string[] {
  const silent = pods.filter(
    (pod) => pod.phase === 'Running' && Number.isNaN(Date.parse(readAt(pod) ?? '')),
  ).length;
  const undated =
    stale.length > 0 ? undefined : untoldRestarts(kubernetes, { configMap: configMap ?? { name }, pods });
  return [
    ...(undated === undefined ? [] : [undated]),
    ...(silent === 0
      ? []
      : [
          `${silent} ${name} ${form(silent, 'pod does not say when it', 'pods do not say when they')} started.`,
        ]),
  ];
}

/** Pods end, and none that read the present configuration runs: nothing shows that kube-proxy takes it. */
const hasNotStarted = (proxy: KubeProxy): boolean =>
  runningOnPresent(proxy).length === 0 &&
  proxy.pods.some((pod) => !pod.ready && !pod.deleting && failingContainer(pod)?.ended !== undefined);

const notStarted = (name: string): string =>
  `acknet finds no fault in ConfigMap kube-system/${name}, but pods of ${name} end and none runs that started since its last change (see the check kube-proxy-mode).`;

const writtenEvidence = ({ name, configMap }: KubeProxy): Evidence => ({
  where: `ConfigMap kube-system/${name}, metadata.managedFields`,
  value: `last changed ${configMap?.writtenAt}${configMap?.writtenBy ? ` by ${configMap.writtenBy}` : ''}`,
  at: configMap?.writtenAt,
});

const byWhom = ({ configMap }: KubeProxy): string =>
  configMap?.writtenBy === undefined ? '' : ` (by ${configMap.writtenBy})`;

const startEvidence = (pod: PodView): Evidence => ({
  where: `Pod kube-system/${pod.name} on ${pod.node ?? 'no node'}`,
  value: `started ${readAt(pod)}`,
});

/** Settings that the FAQ says to change in both ConfigMaps of a dedicated cluster. */
function differingFields(proxies: readonly ReadableProxy[]) {
  const worker = proxies.find(({ name }) => name === 'kube-proxy-worker');
  const master = proxies.find(({ name }) => name === 'kube-proxy-master');
  if (worker === undefined || master === undefined) return [];
  const pairs: readonly (readonly [string, unknown, unknown])[] = [
    ['mode', worker.settings.mode, master.settings.mode],
    ['ipvs.scheduler', worker.settings.scheduler, master.settings.scheduler],
    ['ipvs.udpTimeout', worker.settings.udpTimeoutMs, master.settings.udpTimeoutMs],
    ['conntrack.maxPerCore', worker.settings.maxPerCore, master.settings.maxPerCore],
    ['conntrack.min', worker.settings.min, master.settings.min],
    ['clusterCIDR', worker.settings.clusterCIDR, master.settings.clusterCIDR],
  ];
  return pairs
    .filter(([, a, b]) => a !== b)
    .map(([name, a, b]) => ({
      name,
      evidence: [
        { where: configWhere('kube-proxy-worker'), value: `${name}: ${a ?? 'absent'}` },
        { where: configWhere('kube-proxy-master'), value: `${name}: ${b ?? 'absent'}` },
      ],
    }));
}
