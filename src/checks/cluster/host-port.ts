import { unlessAbsent } from '../../cluster/absent.js';
import type { ClusterIdentity } from '../../cluster/identity/identity.js';
import { parseJsonObject } from '../../cluster/parse-json.js';
import type { ClusterReader } from '../../cluster/ports.js';
import { formatVersion, isAtLeast } from '../../cluster/identity/versions.js';
import { configMaps } from '../../cluster/views/config-map.js';
import { type DaemonSetView, daemonSets } from '../../cluster/views/daemon-set.js';
import { type NodeView, nodes } from '../../cluster/views/node.js';
import { type PodView, pods } from '../../cluster/views/pod.js';
import { count } from '../../texts/count.js';
import { defineCheck, type Evidence, type Judgement, type MessageTemplate } from '../judging/define-check.js';
import {
  CNI_CONF_WHERE,
  flannelConfigMap,
  flannelConfigReads,
  flannelPlugin,
} from '../flannel/flannel-config.js';
import { pluginUnread } from '../plugin-unread.js';
import { eniModes } from '../terway/exclusive-node.js';
import {
  eniConfigWhere,
  gatherTerwayConfig,
  type TerwayConfig,
  terwayConfigReads,
} from '../terway/terway-config.js';
import { holdsAddress, isTerwayPod } from '../terway/terway-pods.js';

import { hostPortWorkloads } from './host-port-workloads.js';

/** From here on Terway runs a custom CNI chain. Source: ack-docs 3.9. */
const CHAIN_SINCE = '1.5.6';
const REPLACES_KUBE_PROXY = /KubeProxyReplacement=true/;
const NO_KUBE_PROXY = 'k8s.aliyun.com/no-kube-proxy';

const messages = {
  terwayWithout: {
    severity: 'problem',
    text: '{pods} {pods:pod|pods} of {workload} {pods:asks|ask} for host ports {ports}, which Terway does not serve: nothing listens there. Use the pod address, a NodePort or LoadBalancer Service, or hostNetwork.',
  },
  notOnExclusive: {
    severity: 'problem',
    text: '{pods} {pods:pod|pods} of {workload} {pods:asks|ask} for host ports {ports} on exclusive ENI nodes, where no CNI chain runs: nothing listens there.',
  },
  chainIgnored: {
    severity: 'problem',
    text: '{pods} {pods:pod|pods} of {workload} {pods:asks|ask} for host ports {ports}. The portmap chain is configured, but Terway {version} does not read 10-terway.conflist; 1.5.6 and later do.',
  },
  flannelWithout: {
    severity: 'problem',
    text: '{pods} {pods:pod|pods} of {workload} {pods:asks|ask} for host ports {ports}, but kube-flannel-cfg has no portmap plugin: nothing listens there.',
  },
  unofficial: {
    severity: 'advice',
    text: '{pods} {pods:pod|pods} of {workload} {pods:uses|use} host ports {ports} served by the kube-proxy replacement of DataPath V2, which ACK does not officially support.',
  },
} as const satisfies Record<string, MessageTemplate>;

interface Facts {
  readonly asking: readonly PodView[];
  readonly nodes: readonly NodeView[];
  readonly pods: readonly PodView[];
  readonly withoutKubeProxy: ReadonlySet<string>;
  readonly terway: TerwayConfig;
  readonly terwaySet: DaemonSetView | undefined;
  /** `cni-conf.json` of Flannel. */
  readonly flannel: string | undefined;
}

/** Source: FAQ "Does ACK support hostPort mapping?"; cluster-signals 7, ack-docs 0.3. */
export const hostPort = defineCheck({
  id: 'host-port',
  title: 'Host ports of running pods are served',
  area: 'cluster',
  intents: ['hostport-support'],
  reads: [
    ...terwayConfigReads,
    ...flannelConfigReads,
    { group: '', resource: 'pods', verbs: ['list'] },
    { group: '', resource: 'nodes', verbs: ['list'] },
    { group: 'apps', resource: 'daemonsets', verbs: ['list'] },
  ],
  appliesTo: ({ plugin }) => {
    if (!plugin.known) return pluginUnread(plugin);
    return plugin.name === 'none' ? 'No DaemonSet of Terway or Flannel is in kube-system.' : true;
  },
  messages,

  async gather(reader: ClusterReader): Promise<Facts> {
    const [all, list, sets, terway, flannel] = await Promise.all([
      reader.list(pods),
      reader.list(nodes),
      reader.list(daemonSets),
      gatherTerwayConfig(reader),
      unlessAbsent(reader.get(configMaps, flannelConfigMap)),
    ]);
    const named = (holds: (node: NodeView) => boolean): ReadonlySet<string> =>
      new Set(list.filter(holds).map(({ name }) => name));
    return {
      // A host-network pod's host port is its own port: nothing maps it.
      asking: all.filter((pod) => pod.hostPorts.length > 0 && holdsAddress(pod)),
      nodes: list,
      pods: all.filter(isTerwayPod),
      withoutKubeProxy: named(({ labels }) => labels[NO_KUBE_PROXY] === 'true'),
      terway,
      terwaySet: sets.find(({ namespace, name }) => namespace === 'kube-system' && name === 'terway-eniip'),
      flannel: flannel?.data['cni-conf.json'],
    };
  },

  judge(facts, report, { identity }) {
    report.fact({ label: 'Pods that ask for a host port', value: String(facts.asking.length) });
    if (facts.asking.length === 0) return;
    const { plugin } = identity;
    if (!plugin.known) return;
    if (plugin.name === 'flannel') reportFlannel(facts, report);
    else if (plugin.name === 'terway') reportTerway(facts, report, identity);
    else
      report.unknown(
        'check.no-evidence',
        `Which network plugin serves host ports is not known here (${plugin.name}), and ${count(facts.asking.length, 'pod asks', 'pods ask')} for one`,
      );
  },
});

type Report = Judgement<typeof messages>;

function reportFlannel({ asking, flannel }: Facts, report: Report): void {
  const config = parseJsonObject(flannel ?? '');
  if (config === undefined) {
    report.unknown(
      'cluster.not-found',
      'cni-conf.json in ConfigMap kube-system/kube-flannel-cfg is missing or no JSON object: whether portmap runs is not readable',
    );
    return;
  }
  report.fact({
    label: 'portmap',
    value: flannelPlugin(config).portmap ? 'in the chain' : 'missing',
    where: CNI_CONF_WHERE,
  });
  if (flannelPlugin(config).portmap) return;
  for (const { about, data, evidence } of hostPortWorkloads(asking))
    report.found('flannelWithout', about, {
      data,
      evidence: [...evidence, { where: CNI_CONF_WHERE, value: flannel ?? '' }],
    });
}

/** Three ways out of "not by default": the chain, the kube-proxy replacement, and neither on exclusive nodes. */
function reportTerway(facts: Facts, report: Report, identity: ClusterIdentity): void {
  const { terway } = facts;
  if (terway.configMap === undefined || terway.cni === undefined) {
    report.unknown(
      'cluster.not-found',
      `${terway.cniKey} in ConfigMap kube-system/eni-config is missing or not readable: whether portmap runs behind Terway is not known`,
    );
    return;
  }
  const modeOf = eniModes(facts.nodes, facts.pods, identity.terway?.daemonSet);
  const onExclusive = (pod: PodView): boolean => modeOf(pod.node ?? '') === 'exclusive';
  const version = identity.terway?.version;
  const chained = terway.chained.includes('portmap');
  const reads = version === undefined || isAtLeast(version, CHAIN_SINCE);
  report.fact({
    label: 'portmap',
    value: chained ? 'in the chain' : 'not chained',
    where: eniConfigWhere(terway.cniKey),
  });

  const chain: Evidence = {
    where: eniConfigWhere(terway.cniKey),
    value: `plugins behind Terway: ${terway.chained.join(', ') || 'none'}`,
  };
  const shared = facts.asking.filter((pod) => !onExclusive(pod));
  const replaced = shared.filter((pod) => isReplaced(pod, facts));
  const plain = shared.filter((pod) => !replaced.includes(pod));
  for (const { about, data, evidence } of hostPortWorkloads(facts.asking.filter(onExclusive)))
    report.found('notOnExclusive', about, { data, evidence });
  if (chained && !reads)
    for (const { about, data, evidence } of hostPortWorkloads(plain))
      report.found('chainIgnored', about, {
        data: { ...data, version: version === undefined ? '' : formatVersion(version) },
        evidence: [...evidence, chain],
      });
  if (chained) return;
  for (const { about, data, evidence } of hostPortWorkloads(plain))
    report.found('terwayWithout', about, { data, evidence: [...evidence, chain] });
  for (const { about, data, evidence } of hostPortWorkloads(replaced))
    report.found('unofficial', about, { data, evidence: [...evidence, replacementEvidence(facts)] });
}

const initArgs = (set: DaemonSetView | undefined): string =>
  (set?.containers ?? []).flatMap(({ args }) => args).join(' ');

const isReplaced = ({ node }: PodView, { terway, terwaySet, withoutKubeProxy }: Facts): boolean =>
  terway.acceleration === 'datapathv2' &&
  REPLACES_KUBE_PROXY.test(initArgs(terwaySet)) &&
  withoutKubeProxy.has(node ?? '');

const replacementEvidence = ({ terwaySet }: Facts): Evidence => ({
  where: 'DaemonSet kube-system/terway-eniip, arguments',
  value: initArgs(terwaySet),
});
