import { unlessAbsent } from '../../cluster/absent.js';
import { text } from '../../cluster/fields.js';
import { isCertainly } from '../../cluster/identity/identity.js';
import { configMaps } from '../../cluster/views/config-map.js';
import { type NodeView, nodes } from '../../cluster/views/node.js';
import { terwayNodes } from '../../cluster/views/terway/terway-node.js';
import { count } from '../../texts/count.js';
import { contains, overlap } from '../cidr.js';
import { defineCheck, type Evidence } from '../judging/define-check.js';
import { isNetworkedNode } from '../node-kinds.js';
import { pluginUnreadDetail } from '../plugin-unread.js';
import { gatherTerwayConfig, terwayConfigReads, terwayNodeReads } from '../terway/terway-config.js';
import { type AddressRange, rangeEvidence, rangeLabel, rangesNamed } from './addresses/address-range.js';
import { clusterAddressesMessages } from './addresses/cluster-addresses-messages.js';
import { flannelPodRanges, rangesLeft, strayNodeRanges, vSwitchRanges } from './addresses/pod-ranges.js';
import { judgeVpcBlocks, seeVpcBlocks, vpcBlockActions, vpcBlockDecides } from './addresses/vpc-blocks.js';
import {
  gatherServiceCidrs,
  serviceCidrReads,
  serviceRanges,
  unreadServiceCidrs,
} from './addresses/service-ranges.js';

/** Custom entries a VPC route table holds by default; Flannel needs one a node. */
export const ROUTE_QUOTA = 200;
const NEARLY = 0.9;

/** Source: FAQ "How do I plan the cluster network?", "How do I change the number of node IPs…"; ack-docs 3.6. */
export const clusterAddresses = defineCheck({
  id: 'cluster-addresses',
  title: 'Address ranges do not collide and have room',
  area: 'cluster',
  intents: ['plan-cluster-network', 'change-cidr-after-creation', 'flannel-pod-cidr-exhausted'],
  reads: [
    ...terwayConfigReads,
    ...terwayNodeReads,
    ...serviceCidrReads,
    {
      group: '',
      resource: 'configmaps',
      verbs: ['get'],
      namespace: 'kube-system',
      names: ['kube-flannel-cfg', 'ack-cluster-profile'],
    },
    { group: '', resource: 'nodes', verbs: ['list'] },
  ],
  cloud: {
    actions: vpcBlockActions,
    shows: 'the CIDR blocks of the VPC, secondary and user ones among them',
    settles: [],
    decides: vpcBlockDecides,
    gather: seeVpcBlocks,
  },
  messages: clusterAddressesMessages,

  async gather(reader) {
    const [flannel, profile, terway, list, resources, shown] = await Promise.all([
      unlessAbsent(reader.get(configMaps, { namespace: 'kube-system', name: 'kube-flannel-cfg' })),
      unlessAbsent(reader.get(configMaps, { namespace: 'kube-system', name: 'ack-cluster-profile' })),
      gatherTerwayConfig(reader),
      reader.list(nodes),
      unlessAbsent(reader.list(terwayNodes)),
      gatherServiceCidrs(reader),
    ]);
    return { flannel, profile, terway, nodes: list, resources: resources ?? [], serviceCidrs: shown };
  },

  judge({ flannel, profile, terway, nodes: all, resources, serviceCidrs }, report, { identity, cloud }) {
    const { plugin } = identity;
    const list = all.filter(isNetworkedNode);
    const flannelRuns = isCertainly(plugin, 'flannel', 'terway+flannel');
    if (!plugin.known)
      report.unknown(
        plugin.code,
        `${pluginUnreadDetail(plugin)} Whether pods have ranges of Flannel’s is not known.`,
      );
    const podRanges = flannelRuns ? flannelPodRanges(flannel?.data['net-conf.json']) : [];
    const ofServices = serviceRanges(serviceCidrs, [
      ...rangesNamed(
        'Service CIDR',
        'ConfigMap kube-system/ack-cluster-profile, data["serviceCIDR"]',
        profile?.data.serviceCIDR,
      ),
      ...rangesNamed(
        'Service CIDR',
        'ConfigMap kube-system/eni-config, data["eni_conf"].service_cidr',
        text(terway.daemon, 'service_cidr'),
      ),
      ...rangesNamed('Service CIDR', 'DescribeClusterDetail, service_cidr', cloud?.serviceCidr),
    ]);
    const unread = unreadServiceCidrs(serviceCidrs, identity);
    if (unread !== undefined) report.unknown('cluster.forbidden', unread);
    if (flannelRuns && podRanges.length === 0)
      report.unknown(
        'cluster.not-found',
        'net-conf.json in ConfigMap kube-system/kube-flannel-cfg names no Network: the Pod CIDR could not be compared.',
      );
    if (podRanges.length + ofServices.length === 0)
      return report.unknown(
        'cluster.not-found',
        'Nothing that was read here names the Pod CIDR or the Service CIDR.',
      );

    if (ofServices.length === 0)
      report.unknown(
        'cluster.not-found',
        'Nothing that was read here names the Service CIDR (a ServiceCIDR or ack-cluster-profile does, on newer clusters): it could not be compared.',
      );
    if (list.length === 0)
      report.unknown('check.no-evidence', 'There are no nodes whose addresses could be compared.');

    for (const range of [...podRanges, ...ofServices])
      report.fact({ label: range.name, value: range.text, where: range.where });
    const about = {
      kind: 'ConfigMap',
      namespace: 'kube-system',
      name: flannelRuns ? 'kube-flannel-cfg' : 'eni-config',
    };

    // Terway takes no notice of a node's podCIDRs.
    const ofNodes = flannelRuns ? strayNodeRanges(list, podRanges) : [];
    const ofPods = [...podRanges, ...ofNodes, ...vSwitchRanges(resources)];
    for (const pod of ofPods)
      for (const service of ofServices)
        if (overlap(pod, service))
          report.found('overlap', aboutRange(service) ?? about, {
            data: {
              first: rangeLabel(pod),
              second: rangeLabel(service),
              remedy: remedyOf(service, 'Neither'),
            },
            evidence: [rangeEvidence(pod), rangeEvidence(service)],
          });

    if (cloud !== undefined)
      judgeVpcBlocks(cloud, {
        ranges: [...podRanges, ...ofNodes, ...ofServices],
        remedyOf: (range) => (range.addedAs === undefined ? undefined : remedyOf(range, 'The range')),
        report,
      });
    // On Terway pods and nodes share the VPC's addresses: only ranges apart from the VPC can collide with a node.
    for (const range of [...podRanges, ...ofServices]) {
      const inside = list.flatMap((node) =>
        addressesOf(node).flatMap((address) => (contains(range, address) ? { node, address } : [])),
      );
      if (inside.length > 0)
        report.found('nodeInside', aboutRange(range) ?? about, {
          data: { nodes: inside.length, range: rangeLabel(range), remedy: remedyOf(range, 'The range') },
          evidence: [rangeEvidence(range), ...inside.slice(0, 5).map(addressEvidence)],
        });
    }
    for (const { name, cidrs, notReady } of typeof serviceCidrs === 'string' ? [] : serviceCidrs)
      if (notReady !== undefined)
        report.found(
          'notReady',
          { kind: 'ServiceCIDR', name },
          {
            data: { name, ranges: cidrs.join(', '), reason: notReady },
            evidence: [{ where: `ServiceCIDR ${name}, condition Ready`, value: notReady }],
          },
        );

    if (!flannelRuns) return;
    for (const { range, mask, total, left } of podRanges.flatMap((range) => rangesLeft(range, all) ?? [])) {
      const data = { range: range.text, left, mask, total };
      report.fact({
        label: 'Node ranges left',
        value: `${left} of ${total} (/${mask} each)`,
        where: range.where,
      });
      if (left === 0) report.found('podRangesSpent', about, { data, evidence: [rangeEvidence(range)] });
      else if (left < total * (1 - NEARLY))
        report.found('podRangesLow', about, { data, evidence: [rangeEvidence(range)] });
    }
    if (list.length >= ROUTE_QUOTA * NEARLY)
      report.found(
        'routesNearQuota',
        { kind: 'Cluster', name: 'nodes' },
        {
          data: { nodes: list.length, quota: ROUTE_QUOTA },
          evidence: [{ where: 'Nodes', value: `${count(list.length, 'node')} with a pod range` }],
        },
      );
  },
});

const aboutRange = ({ addedAs }: AddressRange) =>
  addedAs === undefined ? undefined : { kind: 'ServiceCIDR', name: addedAs };

/** A range that was added later can go again; the others were fixed when the cluster was created. */
const remedyOf = ({ addedAs }: AddressRange, subject: string): string =>
  addedAs === undefined
    ? `${subject} can${subject === 'Neither' ? '' : 'not'} be changed after the cluster was created.`
    : `Delete ServiceCIDR ${addedAs}, and make the Services anew that have an address of it.`;

/** Of both families, on a dual-stack node. */
const addressesOf = ({ addresses }: NodeView): readonly string[] =>
  addresses.flatMap(({ type, address }) => (type === 'InternalIP' ? [address] : []));

const addressEvidence = ({
  node,
  address,
}: {
  readonly node: NodeView;
  readonly address: string;
}): Evidence => ({
  where: `Node ${node.name}, InternalIP`,
  value: address,
});
