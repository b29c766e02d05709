import { unlessAbsent } from '../../cluster/absent.js';
import { text } from '../../cluster/fields.js';
import type { ClusterIdentity } from '../../cluster/identity/identity.js';
import { formatVersion, isAtLeast } from '../../cluster/identity/versions.js';
import { type NodeView, nodes } from '../../cluster/views/node.js';
import { pods } from '../../cluster/views/pod.js';
import { terwayNodes } from '../../cluster/views/terway/terway-node.js';
import { count } from '../../texts/count.js';
import { defineCheck } from '../judging/define-check.js';
import { groupBy } from '../group-by.js';
import { listed } from '../listed.js';
import { isNetworkedNode } from '../node-kinds.js';
import { type DatapathSample, gatherDatapaths } from './effective-datapath.js';
import { eniModes } from './exclusive-node.js';
import {
  type Acceleration,
  eniConfig,
  eniConfigWhere,
  gatherTerwayConfig,
  needsTerway,
  type TerwayConfig,
  terwayConfigReads,
} from './terway-config.js';
import { isTerwayPod } from './terway-pods.js';

const names: Readonly<Record<Acceleration, string>> = {
  datapathv2: 'DataPath V2',
  ipvlan: 'IPvlan + eBPF',
  none: 'none (veth)',
};
const NO_KUBE_PROXY = 'k8s.aliyun.com/no-kube-proxy';

/** Configured and effective are two things. Source: FAQ "How can I tell if Terway network acceleration is…"; cluster-signals 2.4, 2.6. */
export const terwayAcceleration = defineCheck({
  id: 'terway-acceleration',
  title: 'Network acceleration, configured and in effect',
  area: 'terway',
  intents: ['terway-acceleration-mode', 'terway-datapath-v2', 'terway-ipvs-bypass'],
  judges: ['terway-eniip', 'terway-eni'],
  reads: [
    ...terwayConfigReads,
    { group: '', resource: 'nodes', verbs: ['list'] },
    { group: '', resource: 'pods', verbs: ['list'] },
    { group: '', resource: 'pods/log', verbs: ['get'], namespace: 'kube-system' },
    { group: 'network.alibabacloud.com', resource: 'nodes', verbs: ['list'] },
  ],
  appliesTo: needsTerway,
  messages: {
    unreadable: {
      severity: 'problem',
      atStart: true,
      text: '{key} in ConfigMap eni-config is not a JSON object with a terway plugin, so Terway cannot write the CNI config of a node.',
    },
    differs: {
      severity: 'problem',
      text: '{count} {count:node uses|nodes use} {effective} while the config asks for {configured}: {nodes}.',
    },
    moved: {
      severity: 'advice',
      text: '{count} {count:node uses|nodes use} DataPath V2 though the config asks for {configured}. Terway chooses that itself: from 1.13.0 on in place of IPvlan, and for eBPF network policies in place of veth. On {nodes}.',
    },
    ipvlanEnds: {
      severity: 'advice',
      text: 'IPvlan is configured on Terway {version}: from 1.13.0 a restart of Terway moves a node to DataPath V2 (or fails where the node cannot run it).',
    },
  },

  async gather(reader) {
    const [config, list, all, resources] = await Promise.all([
      gatherTerwayConfig(reader),
      reader.list(nodes),
      reader.list(pods),
      unlessAbsent(reader.list(terwayNodes)),
    ]);
    const own = all.filter(isTerwayPod);
    const datapaths = await gatherDatapaths(reader, own, resources ?? []);
    return { config, nodes: list.filter(isNetworkedNode), pods: own, datapaths };
  },

  judge({ config, nodes: list, pods: own, datapaths }, report, { identity }) {
    if (config.configMap === undefined)
      return report.unknown('cluster.not-found', 'ConfigMap kube-system/eni-config does not exist.');
    const where = eniConfigWhere(config.cniKey);
    if (config.acceleration === undefined)
      return report.found('unreadable', eniConfig, {
        data: { key: config.cniKey },
        evidence: [{ where, value: config.configMap.data[config.cniKey] ?? 'key absent' }],
      });

    report.fact({ label: 'Configured', value: names[config.acceleration], where });
    report.fact({ label: 'In effect', value: effectiveText(datapaths) });
    report.fact({ label: 'Pod to Service traffic', value: ipvsText(datapaths, config.acceleration, list) });

    const configured = config.acceleration;
    // Exclusive ENI has no accelerated data path, whatever the config of the cluster asks for. Source: cluster-signals 8.1.
    const modeOf = eniModes(list, own, identity.terway?.daemonSet);
    const other = datapaths.nodes.filter(
      ({ node, acceleration }) =>
        acceleration !== configured && !(acceleration === 'none' && modeOf(node) !== 'shared'),
    );
    for (const [effective, members] of groupBy(other, ({ acceleration }) => acceleration)) {
      const data = {
        count: members.length,
        configured: names[configured],
        nodes: listed(members.map(({ node }) => node)),
      };
      const evidence = [{ where, value: `eniip_virtual_type ${configured}` }, ...members.slice(0, 5)];
      if (effective === 'datapathv2' && movesByItself(config, identity))
        report.found('moved', eniConfig, { data, evidence });
      else report.found('differs', eniConfig, { data: { ...data, effective: names[effective] }, evidence });
    }
    if (configured === 'ipvlan' && ipvlanEnds(identity))
      report.found('ipvlanEnds', eniConfig, {
        data: { version: versionText(identity) },
        evidence: [{ where, value: 'eniip_virtual_type IPvlan' }],
      });
    if (datapaths.nodes.length === 0)
      report.unknown(
        datapaths.unread === undefined ? 'check.no-evidence' : 'cluster.forbidden',
        `What nodes really use could not be read: ${datapaths.unread ?? 'Terway’s init log is gone, or its version is older than 1.12.1'}`,
      );
  },
});

/** Configured and effective then differ on a healthy node. Source: cluster-signals 0 (trap 3), 2.6. */
const movesByItself = ({ acceleration, cni }: TerwayConfig, identity: ClusterIdentity): boolean =>
  acceleration === 'ipvlan'
    ? identity.terway?.version === undefined || ipvlanEnds(identity)
    : text(cni, 'network_policy_provider') === 'ebpf';

const ipvlanEnds = ({ terway }: ClusterIdentity): boolean =>
  terway?.version !== undefined && isAtLeast(terway.version, '1.13.0');

const versionText = ({ terway }: ClusterIdentity): string =>
  terway?.version === undefined ? 'of unknown version' : formatVersion(terway.version);

function effectiveText({ nodes: told, sampled }: DatapathSample): string {
  if (told.length === 0)
    return `not readable: no node tells (Terway's init log is gone or older than 1.12.1${sampled ? `; ${sampled.read} of ${count(sampled.of, 'node')} sampled` : ''})`;
  const counts = [...groupBy(told, ({ acceleration }) => acceleration)].map(
    ([acceleration, members]) => `${names[acceleration]} on ${count(members.length, 'node')}`,
  );
  return `${counts.join(', ')}${sampled ? `; ${sampled.read} of ${count(sampled.of, 'node')} sampled` : ''}`;
}

/** What the mode means for IPVS. Source: FAQ "Does the routing in Terway DataPathv2… bypass IPVS?". */
function ipvsText(
  { nodes: told }: DatapathSample,
  configured: Acceleration,
  list: readonly NodeView[],
): string {
  const accelerated =
    told.length === 0 ? configured !== 'none' : told.some(({ acceleration }) => acceleration !== 'none');
  const free = list.filter(({ labels }) => labels[NO_KUBE_PROXY] === 'true').length;
  const bypass = accelerated
    ? "resolved by eBPF in the pod's datapath, past IPVS; host-network pods and NodePort still use kube-proxy"
    : 'through kube-proxy (IPVS) on the node';
  return free === 0 ? bypass : `${bypass}; ${count(free, 'node runs', 'nodes run')} without kube-proxy`;
}
