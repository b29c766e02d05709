import { unlessAbsent } from '../../cluster/absent.js';
import { text } from '../../cluster/fields.js';
import { isCertainly } from '../../cluster/identity.js';
import { parseJsonObject } from '../../cluster/parse-json.js';
import { configMaps } from '../../cluster/views/config-map.js';
import { type NodeView, nodes } from '../../cluster/views/node.js';
import { type Cidr, contains, overlap, parseCidrs, subnetsOf } from '../cidr.js';
import { defineCheck, type Evidence } from '../define-check.js';
import { internalIpOf, isNetworkedNode } from '../node-kinds.js';
import { pluginUnreadDetail } from '../plugin-unread.js';
import { gatherTerwayConfig, terwayConfigReads } from '../terway/terway-config.js';

/** Custom entries a VPC route table holds by default; Flannel needs one a node. */
export const ROUTE_QUOTA = 200;
const NEARLY = 0.9;

interface Range extends Cidr {
  readonly name: string;
  readonly where: string;
}

/** Source: FAQ "How do I plan the cluster network?", "How do I change the number of node IPs…"; ack-docs 3.6. */
export const clusterAddresses = defineCheck({
  id: 'cluster-addresses',
  title: 'Address ranges do not collide and have room',
  area: 'cluster',
  intents: ['plan-cluster-network', 'change-cidr-after-creation', 'flannel-pod-cidr-exhausted'],
  reads: [
    ...terwayConfigReads,
    {
      group: '',
      resource: 'configmaps',
      verbs: ['get'],
      namespace: 'kube-system',
      names: ['kube-flannel-cfg', 'ack-cluster-profile'],
    },
    { group: '', resource: 'nodes', verbs: ['list'] },
  ],
  messages: {
    overlap: {
      severity: 'problem',
      text: '{first} and {second} overlap. Neither can be changed after the cluster was created.',
    },
    nodeInside: {
      severity: 'problem',
      text: '{nodes} node addresses lie inside {range}, so traffic to them goes astray. The range cannot be changed after the cluster was created.',
    },
    podRangesSpent: {
      severity: 'problem',
      text: 'The Pod CIDR {range} has {left} node ranges of /{mask} left of {total}; a further node gets none. The Pod CIDR cannot be changed.',
    },
    podRangesLow: {
      severity: 'advice',
      text: 'The Pod CIDR {range} has {left} node ranges of /{mask} left of {total}.',
    },
    routesNearQuota: {
      severity: 'advice',
      text: '{nodes} Flannel nodes need a VPC route each; a route table holds {quota} custom entries unless the quota was raised.',
    },
  },

  async gather(reader) {
    const [flannel, profile, terway, list] = await Promise.all([
      unlessAbsent(reader.get(configMaps, { namespace: 'kube-system', name: 'kube-flannel-cfg' })),
      unlessAbsent(reader.get(configMaps, { namespace: 'kube-system', name: 'ack-cluster-profile' })),
      gatherTerwayConfig(reader),
      reader.list(nodes),
    ]);
    return { flannel, profile, terway, nodes: list.filter(isNetworkedNode) };
  },

  judge({ flannel, profile, terway, nodes: list }, report, { identity }) {
    const { plugin } = identity;
    const flannelRuns = isCertainly(plugin, 'flannel', 'terway+flannel');
    if (!plugin.known)
      report.unknown(
        plugin.code,
        `${pluginUnreadDetail(plugin)} Whether pods have ranges of Flannel’s is not known.`,
      );
    const podRanges = flannelRuns ? flannelPodRanges(flannel?.data['net-conf.json']) : [];
    const serviceRanges = [
      ...named(
        'Service CIDR',
        'ConfigMap kube-system/ack-cluster-profile, data["serviceCIDR"]',
        profile?.data.serviceCIDR,
      ),
      ...named(
        'Service CIDR',
        'ConfigMap kube-system/eni-config, data["eni_conf"].service_cidr',
        text(terway.daemon, 'service_cidr'),
      ),
    ];
    if (flannelRuns && podRanges.length === 0)
      report.unknown(
        'cluster.not-found',
        'net-conf.json in ConfigMap kube-system/kube-flannel-cfg names no Network: the Pod CIDR could not be compared.',
      );
    if (podRanges.length + serviceRanges.length === 0)
      return report.unknown(
        'cluster.not-found',
        'No ConfigMap read here names the Pod CIDR or the Service CIDR.',
      );

    if (serviceRanges.length === 0)
      report.unknown(
        'cluster.not-found',
        'No ConfigMap read here names the Service CIDR (ack-cluster-profile does, on newer clusters): it could not be compared.',
      );
    if (list.length === 0)
      report.unknown('check.no-evidence', 'There are no nodes whose addresses could be compared.');

    for (const range of [...podRanges, ...unique(serviceRanges)])
      report.fact({ label: range.name, value: range.text, where: range.where });
    const about = {
      kind: 'ConfigMap',
      namespace: 'kube-system',
      name: flannelRuns ? 'kube-flannel-cfg' : 'eni-config',
    };

    for (const pod of podRanges)
      for (const service of unique(serviceRanges))
        if (overlap(pod, service))
          report.found('overlap', about, {
            data: { first: label(pod), second: label(service) },
            evidence: [rangeEvidence(pod), rangeEvidence(service)],
          });

    // On Terway pods and nodes share the VPC's addresses: only ranges apart from the VPC can collide with a node.
    for (const range of [...podRanges, ...unique(serviceRanges)]) {
      const inside = list.filter((node) => contains(range, internalIpOf(node) ?? ''));
      if (inside.length > 0)
        report.found('nodeInside', about, {
          data: { nodes: inside.length, range: label(range) },
          evidence: [rangeEvidence(range), ...inside.slice(0, 5).map(addressEvidence)],
        });
    }

    if (!flannelRuns) return;
    const mask = commonMask(list);
    const pod = podRanges[0];
    if (pod !== undefined && mask !== undefined) {
      const total = subnetsOf(pod, mask);
      const left = Math.max(0, total - list.filter(({ podCIDRs }) => podCIDRs.length > 0).length);
      const data = { range: pod.text, left, mask, total };
      report.fact({ label: 'Node ranges left', value: `${left} of ${total} (/${mask} each)` });
      if (left === 0) report.found('podRangesSpent', about, { data, evidence: [rangeEvidence(pod)] });
      else if (left < total * (1 - NEARLY))
        report.found('podRangesLow', about, { data, evidence: [rangeEvidence(pod)] });
    }
    if (list.length >= ROUTE_QUOTA * NEARLY)
      report.found(
        'routesNearQuota',
        { kind: 'Cluster', name: 'nodes' },
        {
          data: { nodes: list.length, quota: ROUTE_QUOTA },
          evidence: [{ where: 'Nodes', value: `${list.length} nodes with a pod range` }],
        },
      );
  },
});

const flannelPodRanges = (netConf: string | undefined): readonly Range[] => {
  const parsed = parseJsonObject(netConf ?? '');
  return named(
    'Pod CIDR',
    'ConfigMap kube-system/kube-flannel-cfg, data["net-conf.json"].Network',
    text(parsed, 'Network'),
  );
};

const named = (name: string, where: string, value: string | undefined): readonly Range[] =>
  parseCidrs(value).map((cidr) => ({ ...cidr, name, where }));

const unique = (ranges: readonly Range[]): readonly Range[] =>
  ranges.filter((range, index) => ranges.findIndex((other) => other.text === range.text) === index);

const label = ({ name, text: cidr }: Range): string => `${name} ${cidr}`;
const rangeEvidence = ({ where, text: value }: Range): Evidence => ({ where, value });
const addressEvidence = (node: NodeView): Evidence => ({
  where: `Node ${node.name}, InternalIP`,
  value: internalIpOf(node) ?? '',
});

/** The mask of the nodes' own ranges; undefined where no node has one, or they differ. */
function commonMask(list: readonly NodeView[]): number | undefined {
  const masks = new Set(list.flatMap(({ podCIDRs }) => parseCidrs(podCIDRs[0]).map(({ bits }) => bits)));
  return masks.size === 1 ? [...masks][0] : undefined;
}
