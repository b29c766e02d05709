import { unlessAbsent } from '../../cluster/absent.js';
import { at, text } from '../../cluster/fields.js';
import type { ClusterReader } from '../../cluster/ports.js';
import { configMaps } from '../../cluster/views/config-map.js';
import { type NodeView, nodes } from '../../cluster/views/node.js';
import { services } from '../../cluster/views/service.js';
import { defineCheck, type Fact } from '../judging/define-check.js';
import { poolOf } from '../node-kinds.js';
import { gatherTerwayConfig, podVSwitches, terwayConfigReads } from '../terway/terway-config.js';

const PROVIDER_ID = /^(?:alicloud:\/\/)?([a-z]{2}-[a-z0-9-]+)\.(i-[a-z0-9]+)$/;
const PROFILE = 'ConfigMap kube-system/ack-cluster-profile';

/** Facts only; what the cloud alone knows (RAM roles, the API server's load balancer) stands in the entry. */
export const clusterResources = defineCheck({
  id: 'cluster-resources',
  title: 'Cloud resources of the cluster',
  area: 'cluster',
  intents: ['view-cloud-resources', 'view-network-type'],
  reads: [
    ...terwayConfigReads,
    {
      group: '',
      resource: 'configmaps',
      verbs: ['get'],
      namespace: 'kube-system',
      names: ['ack-cluster-profile', 'acs-profile'],
    },
    { group: '', resource: 'nodes', verbs: ['list'] },
    { group: '', resource: 'services', verbs: ['list'] },
  ],
  messages: {
    notAck: {
      severity: 'advice',
      text: 'Nothing here says that this is an ACK cluster (no cluster profile, no ACK node label, no ECS provider id); acknet knows ACK only.',
    },
  },

  async gather(reader) {
    const [profile, old, terway, list, all] = await Promise.all([
      profileOf(reader, 'ack-cluster-profile'),
      profileOf(reader, 'acs-profile'),
      gatherTerwayConfig(reader),
      reader.list(nodes),
      reader.list(services),
    ]);
    return {
      profile,
      old,
      terway,
      nodes: list,
      balancers: all.filter(({ type }) => type === 'LoadBalancer'),
    };
  },

  judge({ profile, old, terway, nodes: list, balancers }, report) {
    const instances = list.flatMap((node) => PROVIDER_ID.exec(node.providerID ?? '')?.[2] ?? []);
    const label = list.find(({ labels }) => labels['ack.aliyun.com'])?.labels['ack.aliyun.com'];
    const ack = profile !== undefined || old !== undefined || label !== undefined || isAckByNodes(list);
    if (!ack)
      return report.found(
        'notAck',
        { kind: 'Cluster', name: 'nodes' },
        {
          data: {},
          evidence: list.slice(0, 3).map(nodeIdentity),
        },
      );

    const tag = text(at(terway.daemon, 'eni_tags'), 'ack.aliyun.com');
    const facts: (Fact | undefined)[] = [
      fact('Cluster id', profile?.data.clusterid ?? label ?? tag, PROFILE),
      fact('Region', regionOf(list)),
      fact('VPC', profile?.data.vpcid ?? old?.data.vpcId, PROFILE),
      fact('Account', profile?.data.uid, PROFILE),
      fact(
        'Node vSwitches',
        profile?.data['vsw-zone'] ?? profile?.data.vswitch ?? old?.data.vSwitchIds,
        PROFILE,
      ),
      fact(
        'Pod vSwitches',
        podSwitchText(terway.daemon),
        'ConfigMap kube-system/eni-config, data["eni_conf"].vswitches',
      ),
      fact('Instances', instances.length === 0 ? undefined : listed(instances), 'Nodes, spec.providerID'),
      fact('Node pools', listed([...new Set(list.map(poolOf))]), 'Nodes, labels'),
      fact(
        'Load balancers',
        balancers.length === 0 ? undefined : listed(balancers.map(balancerText)),
        'Services, status.loadBalancer',
      ),
    ];
    for (const entry of facts) if (entry) report.fact(entry);
  },
});

const profileOf = (reader: ClusterReader, name: string) =>
  unlessAbsent(reader.get(configMaps, { namespace: 'kube-system', name }));

const fact = (label: string, value: string | undefined, where?: string): Fact | undefined =>
  value === undefined || value === '' ? undefined : { label, value, where };

const isAckByNodes = (list: readonly NodeView[]): boolean =>
  list.some(
    ({ providerID, kubeletVersion }) =>
      PROVIDER_ID.test(providerID ?? '') && kubeletVersion.includes('-aliyun'),
  );

const regionOf = (list: readonly NodeView[]): string | undefined =>
  list.flatMap(
    ({ labels, providerID }) =>
      labels['topology.kubernetes.io/region'] ?? PROVIDER_ID.exec(providerID ?? '')?.[1] ?? [],
  )[0];

const podSwitchText = (daemon: Parameters<typeof podVSwitches>[0]): string =>
  [...podVSwitches(daemon)].map(([zone, ids]) => `${zone}: ${ids.join(', ')}`).join('; ');

const MANY = 20;
const listed = (items: readonly string[]): string =>
  items.length <= MANY
    ? items.join(', ')
    : `${items.slice(0, MANY).join(', ')} and ${items.length - MANY} more`;

const balancerText = ({
  namespace,
  name,
  loadBalancerIPs,
}: {
  namespace: string;
  name: string;
  loadBalancerIPs: readonly string[];
}): string => `${namespace}/${name} (${loadBalancerIPs.join(', ') || 'no address yet'})`;

const nodeIdentity = (node: NodeView) => ({
  where: `Node ${node.name}, spec.providerID and kubelet version`,
  value: `${node.providerID ?? 'no providerID'}, ${node.kubeletVersion || 'no version'}`,
});
