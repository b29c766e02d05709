import { unlessAbsent } from '../../cluster/absent.js';
import type { ClusterReader } from '../../cluster/ports.js';
import { type EventView, events } from '../../cluster/views/event.js';
import { type NodeView, nodes } from '../../cluster/views/node.js';
import {
  type TerwayInterface,
  type TerwayNodeView,
  terwayNodes,
} from '../../cluster/views/terway/terway-node.js';
import { count } from '../../texts/count.js';
import { aboutNodes } from '../about-nodes.js';
import { defineCheck, type Evidence, type Judgement } from '../judging/define-check.js';
import { groupBy } from '../group-by.js';
import { listed } from '../listed.js';
import { isNetworkedNode, zoneOf } from '../node-kinds.js';
import { type EvidenceWindow, eventEvidence, recentEvents } from '../recent-events.js';
import { eventFault } from './allocation-faults.js';
import {
  DYNAMIC_LABEL,
  type DynamicConfig,
  dynamicConfigReads,
  gatherDynamicConfigs,
  unreadOverrides,
  vSwitchLookup,
} from './dynamic-configs.js';
import {
  eniConfig,
  eniConfigWhere,
  gatherTerwayConfig,
  needsTerway,
  type TerwayConfig,
  terwayConfigReads,
  terwayNodeReads,
} from './terway-config.js';
import { podIpMessages } from './pod-ip-messages.js';

interface Facts {
  readonly config: TerwayConfig;
  readonly nodes: readonly NodeView[];
  readonly dynamic: readonly DynamicConfig[];
  readonly terwayNodes: readonly TerwayNodeView[] | undefined;
  readonly events: readonly EventView[];
}

/** Zones first: the cheapest cause, and one the FAQ omits. Source: FAQ "…assigned an IP address that is not in the vSwitch CIDR block?"; ack-docs 3.3. */
export const podIpOutsideVSwitch = defineCheck({
  id: 'pod-ip-outside-vswitch',
  title: 'Pod addresses come from the configured vSwitches',
  area: 'terway',
  intents: ['pod-ip-outside-vswitch'],
  judges: ['terway-eniip', 'terway-eni'],
  reads: [
    ...terwayConfigReads,
    ...dynamicConfigReads,
    ...terwayNodeReads,
    { group: '', resource: 'nodes', verbs: ['list'] },
    { group: '', resource: 'events', verbs: ['list'] },
  ],
  appliesTo: needsTerway,
  messages: podIpMessages,

  async gather(reader: ClusterReader): Promise<Facts> {
    const [config, list, resources, seen] = await Promise.all([
      gatherTerwayConfig(reader),
      reader.list(nodes),
      unlessAbsent(reader.list(terwayNodes)),
      reader.list(events),
    ]);
    const networked = list.filter(isNetworkedNode);
    return {
      config,
      nodes: networked,
      dynamic: await gatherDynamicConfigs(reader, networked),
      terwayNodes: resources,
      events: seen.filter((event) => eventFault(event) === 'no-zone-vswitch'),
    };
  },

  judge(facts, report, context) {
    const { config, dynamic } = facts;
    if (config.daemon === undefined)
      return report.unknown(
        'cluster.not-found',
        `ConfigMap kube-system/eni-config has no readable eni_conf: ${config.daemonFault ?? 'the key is absent'}`,
      );
    for (const { name, nodes: members } of dynamic)
      report.fact({
        label: 'Own vSwitches by design',
        value: `${count(members.length, 'node')} labelled ${DYNAMIC_LABEL}=${name}`,
      });

    reportBareZones(report, facts, context);
    reportForeign(report, facts);
    const unread = unreadOverrides(dynamic);
    if (unread !== undefined) report.unknown('cluster.forbidden', unread);
    const hidden = hiddenNodes(facts);
    if (hidden.length > 0)
      report.unknown(
        'check.no-evidence',
        `Which vSwitch the pod addresses of ${hidden.length} of ${count(facts.nodes.length, 'node')} are from is shown only with ipam_type crd; the zones of the nodes were compared`,
      );
    if (facts.nodes.length === 0) report.unknown('check.no-evidence', 'No node was read to compare with');
  },
});

type Report = Judgement<typeof podIpMessages>;

/** Zones without a pod vSwitch: Lingjun nodes there fall back to nothing. */
function reportBareZones(report: Report, facts: Facts, window: EvidenceWindow): void {
  const { config, dynamic, nodes: list } = facts;
  const vSwitchesOf = vSwitchLookup(config.daemon, dynamic);
  const bare = list.filter((node) => vSwitchesOf(node)?.length === 0);
  for (const [zone, members] of groupBy(bare, zoneOf)) {
    const lingjun = members.filter(isLingjun);
    const others = members.filter((node) => !isLingjun(node));
    const named = zone || 'unknown (no zone label)';
    if (others.length > 0)
      report.found('zoneWithout', eniConfig, {
        data: { zone: named, nodes: others.length },
        evidence: zoneEvidence(config, others),
      });
    if (lingjun.length > 0)
      report.found('zoneFails', eniConfig, {
        data: { zone: named, nodes: lingjun.length },
        evidence: [...zoneEvidence(config, lingjun), ...failuresOn(lingjun, facts.events, window)],
        affects: { nodes: lingjun.map(({ name }) => name) },
      });
  }
}

function reportForeign(report: Report, facts: Facts): void {
  for (const [vSwitch, members] of groupBy(foreignInterfaces(facts), (entry) => entry.interface.vSwitch)) {
    const names = [...new Set(members.map(({ node }) => node))];
    const pods = members.flatMap((entry) => entry.interface.pods);
    report.found('foreignInterfaces', aboutNodes(names), {
      data: {
        interfaces: members.length,
        nodes: names.length,
        vSwitch,
        pods: pods.length,
        names: listed(names),
      },
      evidence: members.slice(0, 6).map(interfaceEvidence),
    });
  }
}

/** Lingjun nodes report what they miss; others fall back in silence. */
const failuresOn = (
  members: readonly NodeView[],
  seen: readonly EventView[],
  window: EvidenceWindow,
): readonly Evidence[] =>
  recentEvents(seen, window)
    .filter(({ about }) => members.some(({ name }) => name === about.name))
    .slice(0, 2)
    .map(eventEvidence);

const isLingjun = ({ labels }: NodeView): boolean => 'alibabacloud.com/lingjun-worker' in labels;

/** Nodes whose ENIs Terway does not show. */
function hiddenNodes({ nodes: list, terwayNodes: resources }: Facts): readonly NodeView[] {
  const shown = new Set(
    (resources ?? []).flatMap(({ name, interfaces }) => (interfaces.length > 0 ? name : [])),
  );
  return list.filter(({ name }) => !shown.has(name));
}

interface ForeignInterface {
  readonly node: string;
  readonly interface: TerwayInterface;
  readonly configured: readonly string[];
}

/** A node in a zone without a pod vSwitch is told once, by its zone; ENIs of single pods (trunk members) have their own. */
function foreignInterfaces({ config, nodes: list, dynamic, terwayNodes: resources }: Facts) {
  const vSwitchesOf = vSwitchLookup(config.daemon, dynamic);
  const byName = new Map((resources ?? []).map((resource) => [resource.name, resource]));
  return list.flatMap((node): readonly ForeignInterface[] => {
    const configured = vSwitchesOf(node);
    if (configured === undefined || configured.length === 0) return [];
    return (byName.get(node.name)?.interfaces ?? [])
      .filter(({ type, vSwitch }) => type !== 'Member' && vSwitch !== '' && !configured.includes(vSwitch))
      .map((entry) => ({ node: node.name, interface: entry, configured }));
  });
}

const zoneEvidence = ({ daemon }: TerwayConfig, members: readonly NodeView[]): readonly Evidence[] => [
  { where: `${eniConfigWhere('eni_conf')}.vswitches`, value: JSON.stringify(daemon?.vswitches) ?? 'absent' },
  {
    where: 'Nodes, label topology.kubernetes.io/zone',
    value: listed(members.map((node) => `${node.name}: ${zoneOf(node) || 'absent'}`)),
  },
];

function interfaceEvidence({ node, interface: entry, configured }: ForeignInterface): Evidence {
  return {
    where: `nodes.network.alibabacloud.com ${node}, status.networkInterfaces["${entry.id}"]`,
    value: `vSwitchID ${entry.vSwitch} (${entry.ipv4Cidr || 'no CIDR'}), configured: ${configured.join(', ')}; pods: ${listed(entry.pods, 3) || 'none'}`,
  };
}
