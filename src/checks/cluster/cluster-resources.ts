import { unlessAbsent } from '../../cluster/absent.js';
import { at, text } from '../../cluster/fields.js';
import type { ClusterReader } from '../../cluster/ports.js';
import { configMaps } from '../../cluster/views/config-map.js';
import { type NodeView, nodes } from '../../cluster/views/node.js';
import { services } from '../../cluster/views/service.js';
import { defineCheck, type Fact } from '../judging/define-check.js';
import { listed } from '../listed.js';
import { poolOf } from '../node-kinds.js';
import { countedAt } from '../terway/cloud/count-vswitches.js';
import { gatherTerwayConfig, podVSwitches, terwayConfigReads } from '../terway/terway-config.js';
import { creationFacts } from './cloud/creation-facts.js';
import { clusterActions, type SeenCluster, seeCluster } from './cloud/see-cluster.js';
import { listedVSwitches, MANY, vSwitchIds } from './cloud/vswitch-texts.js';

const PROVIDER_ID = /^(?:alicloud:\/\/)?([a-z]{2}-[a-z0-9-]+)\.(i-[a-z0-9]+)$/;
const PROFILE = 'ConfigMap kube-system/ack-cluster-profile';
const ENI_CONFIG = 'ConfigMap kube-system/eni-config, data["eni_conf"].vswitches';

/** Facts only. */
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

  cloud: {
    actions: clusterActions,
    shows:
      'what the cluster was created with, its worker RAM role and the load balancer of its API server, and zone, block and free addresses of its vSwitches',
    settles: ['view-cloud-resources', 'view-network-type'],
    decides: [],
    gather: seeCluster,
  },

  judge({ profile, old, terway, nodes: list, balancers }, report, { cloud }) {
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
    const vpc = profile?.data.vpcid ?? old?.data.vpcId;
    const nodeSwitches = profile?.data['vsw-zone'] ?? profile?.data.vswitch ?? old?.data.vSwitchIds;
    const facts: (Fact | undefined)[] = [
      fact('Cluster id', profile?.data.clusterid ?? label ?? tag, PROFILE),
      fact('Region', regionOf(list)),
      fact('VPC', vpc ?? cloud?.detail.vpc, vpc === undefined ? 'DescribeClusterDetail' : PROFILE),
      fact('Account', profile?.data.uid, PROFILE),
      fact(
        'Node vSwitches',
        cloud && nodeSwitches ? listedVSwitches(vSwitchIds(nodeSwitches), cloud) : nodeSwitches,
        counted(PROFILE, cloud),
      ),
      fact('Pod vSwitches', podSwitchText(terway.daemon, cloud), counted(ENI_CONFIG, cloud)),
      fact('Instances', listed(instances, MANY), 'Nodes, spec.providerID'),
      fact('Node pools', listed([...new Set(list.map(poolOf))], MANY), 'Nodes, labels'),
      fact('Load balancers', listed(balancers.map(balancerText), MANY), 'Services, status.loadBalancer'),
    ];
    for (const entry of facts) if (entry) report.fact(entry);
    for (const entry of cloud === undefined ? [] : creationFacts(cloud)) report.fact(entry);
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

const podSwitchText = (daemon: Parameters<typeof podVSwitches>[0], cloud: SeenCluster | undefined): string =>
  [...podVSwitches(daemon)]
    .map(([zone, ids]) => `${zone}: ${cloud === undefined ? ids.join(', ') : listedVSwitches(ids, cloud)}`)
    .join('; ');

const counted = (where: string, cloud: SeenCluster | undefined): string =>
  cloud === undefined ? where : `${where}; DescribeVSwitches, ${countedAt({ at: cloud.countedAt })}`;

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
