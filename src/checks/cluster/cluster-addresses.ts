import { unlessAbsent } from '../../cluster/absent.js';
import { text } from '../../cluster/fields.js';
import { type ClusterIdentity, isCertainly } from '../../cluster/identity/identity.js';
import { configMaps } from '../../cluster/views/config-map.js';
import { nodes } from '../../cluster/views/node.js';
import { terwayNodes } from '../../cluster/views/terway/terway-node.js';
import type { ClusterReader } from '../../cluster/ports.js';
import { defineCheck, type Judgement } from '../judging/define-check.js';
import { isNetworkedNode } from '../node-kinds.js';
import { pluginUnreadDetail } from '../plugin-unread.js';
import { gatherTerwayConfig, terwayConfigReads, terwayNodeReads } from '../terway/terway-config.js';
import { type AddressRange, rangesNamed } from './addresses/address-range.js';
import { clusterAddressesMessages } from './addresses/cluster-addresses-messages.js';
import { remedyOf, reportNodesInside, reportOverlaps } from './addresses/report-collisions.js';
import { reportRangesLeft, reportRoutesLeft } from './addresses/report-room.js';
import { flannelPodRanges, strayNodeRanges, vSwitchRanges } from './addresses/pod-ranges.js';
import { judgeVpcBlocks, seeVpcBlocks, vpcBlockActions, vpcBlockDecides } from './addresses/vpc-blocks.js';
import {
  gatherServiceCidrs,
  reportNotReady,
  serviceCidrReads,
  serviceRanges,
  unreadServiceCidrs,
} from './addresses/service-ranges.js';

type Report = Judgement<typeof clusterAddressesMessages>;

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

  gather: readRanges,

  judge(read, report, { identity, cloud }) {
    const onFlannel = isCertainly(identity.plugin, 'flannel', 'terway+flannel');
    const pods = onFlannel ? flannelPodRanges(read.flannel?.data['net-conf.json']) : [];
    const services = servicesOf(read, cloud?.serviceCidr);
    const networked = read.nodes.filter(isNetworkedNode);
    reportUnread(report, read, { identity, isUnnamed: onFlannel && pods.length === 0 });
    if (!reportRanges(report, { pods, services })) return;
    if (networked.length === 0)
      report.unknown('check.no-evidence', 'There are no nodes whose addresses could be compared.');

    const owner = {
      kind: 'ConfigMap',
      namespace: 'kube-system',
      name: onFlannel ? 'kube-flannel-cfg' : 'eni-config',
    };
    // Terway takes no notice of a node's podCIDRs.
    const ofNodes = onFlannel ? strayNodeRanges(networked, pods) : [];
    const ofPods = [...pods, ...ofNodes, ...vSwitchRanges(read.resources)];
    reportOverlaps(report, { pods: ofPods, services, owner });
    if (cloud !== undefined)
      judgeVpcBlocks(cloud, {
        ranges: [...pods, ...ofNodes, ...services],
        remedyOf: (range) => (range.addedAs === undefined ? undefined : remedyOf(range, 'The range')),
        report,
      });
    reportNodesInside(report, { ranges: [...pods, ...services], nodes: networked, owner });
    reportNotReady(report, read.serviceCidrs);
    if (!onFlannel) return;
    reportRangesLeft(report, { pods, nodes: read.nodes, owner });
    reportRoutesLeft(report, networked.length);
  },
});

type Read = Awaited<ReturnType<typeof readRanges>>;

async function readRanges(reader: ClusterReader) {
  const [flannel, profile, terway, list, resources, shown] = await Promise.all([
    unlessAbsent(reader.get(configMaps, { namespace: 'kube-system', name: 'kube-flannel-cfg' })),
    unlessAbsent(reader.get(configMaps, { namespace: 'kube-system', name: 'ack-cluster-profile' })),
    gatherTerwayConfig(reader),
    reader.list(nodes),
    unlessAbsent(reader.list(terwayNodes)),
    gatherServiceCidrs(reader),
  ]);
  return { flannel, profile, terway, nodes: list, resources: resources ?? [], serviceCidrs: shown };
}

const servicesOf = (
  { serviceCidrs, profile, terway }: Read,
  inCloud: string | undefined,
): readonly AddressRange[] =>
  serviceRanges(serviceCidrs, [
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
    ...rangesNamed('Service CIDR', 'DescribeClusterDetail, service_cidr', inCloud),
  ]);

interface Known {
  readonly identity: ClusterIdentity;
  /** Flannel runs, and its configuration says no range of pods. */
  readonly isUnnamed: boolean;
}

function reportUnread(report: Report, { serviceCidrs }: Read, { identity, isUnnamed }: Known): void {
  const { plugin } = identity;
  if (!plugin.known)
    report.unknown(
      plugin.code,
      `${pluginUnreadDetail(plugin)} Whether pods have ranges of Flannel’s is not known.`,
    );
  const unread = unreadServiceCidrs(serviceCidrs, identity);
  if (unread !== undefined) report.unknown('cluster.forbidden', unread);
  if (isUnnamed)
    report.unknown(
      'cluster.not-found',
      'net-conf.json in ConfigMap kube-system/kube-flannel-cfg names no Network: the Pod CIDR could not be compared.',
    );
}

interface Ranges {
  readonly pods: readonly AddressRange[];
  readonly services: readonly AddressRange[];
}

/** false = there is none to compare. */
function reportRanges(report: Report, { pods, services }: Ranges): boolean {
  if (pods.length + services.length === 0) {
    report.unknown('cluster.not-found', 'Nothing that was read here names the Pod CIDR or the Service CIDR.');
    return false;
  }
  if (services.length === 0)
    report.unknown(
      'cluster.not-found',
      'Nothing that was read here names the Service CIDR (a ServiceCIDR or ack-cluster-profile does, on newer clusters): it could not be compared.',
    );
  for (const range of [...pods, ...services])
    report.fact({ label: range.name, value: range.text, where: range.where });
  return true;
}
