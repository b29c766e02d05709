import { unlessAbsent } from '../../cluster/absent.js';
import { text } from '../../cluster/fields.js';
import { parseJsonObject } from '../../cluster/parse-json.js';
import { configMaps } from '../../cluster/views/config-map.js';
import { type NodeView, nodes } from '../../cluster/views/node.js';
import { parseCidrs } from '../cidr.js';
import { defineCheck } from '../judging/define-check.js';
import { listed } from '../listed.js';
import { internalIpOf, isNetworkedNode } from '../node-kinds.js';
import { flannelConfigMap, flannelConfigReads, needsFlannel } from './flannel-config.js';

const SHOWN = 20;
const PROFILE = { namespace: 'kube-system', name: 'ack-cluster-profile' };
const NET_CONF_WHERE = 'ConfigMap kube-system/kube-flannel-cfg, data["net-conf.json"].Network';

/** Facts only: security groups and the target's VPC are not in Kubernetes. Source: FAQ "Why can't pods ping some ECS nodes?". */
export const ecsReachFacts = defineCheck({
  id: 'ecs-reach-facts',
  title: 'Facts for pods that cannot reach an ECS instance',
  area: 'flannel',
  intents: ['pod-cannot-ping-ecs'],
  reads: [
    ...flannelConfigReads,
    { group: '', resource: 'configmaps', verbs: ['get'], namespace: 'kube-system', names: [PROFILE.name] },
    { group: '', resource: 'nodes', verbs: ['list'] },
  ],
  appliesTo: needsFlannel,
  messages: {},

  async gather(reader) {
    const [config, profile, list] = await Promise.all([
      unlessAbsent(reader.get(configMaps, flannelConfigMap)),
      unlessAbsent(reader.get(configMaps, PROFILE)),
      reader.list(nodes),
    ]);
    return {
      netConf: config?.data['net-conf.json'],
      vpc: profile?.data.vpcid,
      nodes: list.filter(isNetworkedNode),
    };
  },

  judge({ netConf, vpc, nodes: list }, report) {
    const podRange = text(parseJsonObject(netConf ?? ''), 'Network');
    if (podRange === undefined || parseCidrs(podRange).length === 0)
      report.unknown(
        'cluster.not-found',
        'net-conf.json in ConfigMap kube-system/kube-flannel-cfg names no Network: the Pod CIDR to allow is not readable.',
      );
    else
      report.fact({
        label: 'Source range to allow in the security group of the ECS instance (Pod CIDR)',
        value: podRange,
        where: NET_CONF_WHERE,
      });
    if (vpc !== undefined)
      report.fact({
        label: 'VPC of the cluster',
        value: vpc,
        where: 'ConfigMap kube-system/ack-cluster-profile',
      });
    if (list.length === 0) return report.unknown('check.no-evidence', 'There are no nodes to look at.');
    report.fact({
      label: 'Addresses that are nodes of this cluster (any other target is outside of it)',
      value:
        listed(
          list.flatMap((node) => internalIpOf(node) ?? []),
          SHOWN,
        ) || 'none',
      where: 'Nodes, status.addresses',
    });
    for (const [label, members] of routeStates(list))
      if (members.length > 0)
        report.fact({
          label,
          value: listed(
            members.map(({ name }) => name),
            SHOWN,
          ),
          where: 'Nodes, condition NetworkUnavailable',
        });
  },
});

/** A node without a route reaches nothing outside itself, so the ECS instance is not to blame. */
function routeStates(list: readonly NodeView[]): readonly (readonly [string, readonly NodeView[]])[] {
  const status = (node: NodeView) =>
    node.conditions.find(({ type }) => type === 'NetworkUnavailable')?.status;
  return [
    ['Nodes with a route for their pods', list.filter((node) => status(node) === 'False')],
    [
      'Nodes without a route: their pods reach nothing outside',
      list.filter((node) => status(node) === 'True'),
    ],
    [
      'Nodes that do not tell whether they have a route',
      list.filter((node) => !['True', 'False'].includes(status(node) ?? '')),
    ],
  ];
}
