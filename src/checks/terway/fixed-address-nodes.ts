import { unlessAbsent } from '../../cluster/absent.js';
import type { ClusterReader } from '../../cluster/ports.js';
import { type NodeView, nodes } from '../../cluster/views/node.js';
import { type PodView, pods } from '../../cluster/views/pod.js';
import { type TerwayNodeView, terwayNodes } from '../../cluster/views/terway/terway-node.js';
import { count } from '../../texts/count.js';
import { defineCheck, type Evidence, type JudgeContext } from '../judging/define-check.js';
import { groupBy } from '../group-by.js';
import { listed } from '../listed.js';
import { isNetworkedNode, zoneOf } from '../node-kinds.js';
import {
  aboutMap,
  DYNAMIC_LABEL,
  type DynamicConfig,
  dynamicConfigReads,
  gatherDynamicConfigs,
  unreadOverrides,
  whereMap,
} from './dynamic-configs.js';
import { reportInterfaces, reportSize } from './fixed-address-interfaces.js';
import { type FixedAddressReport, fixedAddressMessages } from './fixed-address-messages.js';
import {
  eniConfigWhere,
  gatherTerwayConfig,
  needsTerway,
  podVSwitches,
  type TerwayConfig,
  terwayConfigReads,
  terwayNodeReads,
} from './terway-config.js';
import { restartsLeft } from './restarts-left.js';
import { isTerwayPod } from './terway-pods.js';

interface Facts {
  readonly config: TerwayConfig;
  readonly dynamic: readonly DynamicConfig[];
  readonly terwayPods: readonly PodView[];
  readonly terwayNodes: readonly TerwayNodeView[];
}

/** Source: FAQ "How do I add a specific CIDR block to the whitelist for pods…"; cluster-signals 2.5. */
export const fixedAddressNodes = defineCheck({
  id: 'fixed-address-nodes',
  title: 'Nodes with a pod vSwitch of their own use it',
  area: 'terway',
  intents: ['whitelist-pod-cidr'],
  judges: ['terway-eniip', 'terway-eni'],
  reads: [
    ...terwayConfigReads,
    ...dynamicConfigReads,
    ...terwayNodeReads,
    { group: '', resource: 'nodes', verbs: ['list'] },
    { group: '', resource: 'pods', verbs: ['list'] },
  ],
  appliesTo: needsTerway,
  messages: fixedAddressMessages,

  async gather(reader: ClusterReader): Promise<Facts> {
    const [config, list, all, resources] = await Promise.all([
      gatherTerwayConfig(reader),
      reader.list(nodes),
      reader.list(pods),
      unlessAbsent(reader.list(terwayNodes)),
    ]);
    return {
      config,
      dynamic: await gatherDynamicConfigs(reader, list.filter(isNetworkedNode)),
      terwayPods: all.filter(isTerwayPod),
      terwayNodes: resources ?? [],
    };
  },

  judge(facts, report, context) {
    if (facts.dynamic.length === 0)
      return report.notApplicable(`No node carries the label ${DYNAMIC_LABEL}.`);
    const set = context.identity.terway?.daemonSet ?? 'terway-eniip';
    for (const own of facts.dynamic) {
      report.fact({
        label: `${DYNAMIC_LABEL}=${own.name}`,
        value: `${count(own.nodes.length, 'node')}, vSwitches ${listed([...podVSwitches(own.daemon).values()].flat()) || 'not readable'}`,
      });
      reportConfig(own, report);
      reportZones(own, report);
      reportRestart(own, facts.terwayPods, { report, set, context });
      reportInterfaces(own, facts.terwayNodes, report);
      reportAdvice(own, facts, report);
    }
    const unread = unreadOverrides(facts.dynamic);
    if (unread !== undefined) report.unknown('cluster.forbidden', unread);
    const shown = new Set(
      facts.terwayNodes.flatMap(({ name, interfaces }) => (interfaces.length > 0 ? name : [])),
    );
    const labelled = facts.dynamic.flatMap(({ nodes: list }) => list);
    const hidden = labelled.filter(({ name }) => !shown.has(name));
    if (hidden.length > 0)
      report.unknown(
        'check.no-evidence',
        `Which vSwitches are really used on ${hidden.length} of ${count(labelled.length, 'labelled node')} is shown only with ipam_type crd; compare the addresses of the pods there with the CIDR`,
      );
  },
});

const labelEvidence = ({ name, nodes: list }: DynamicConfig): Evidence => ({
  where: `Nodes, label ${DYNAMIC_LABEL}=${name}`,
  value: listed(namesOf(list)),
});

function reportConfig(own: DynamicConfig, report: FixedAddressReport): void {
  const data = { nodes: own.nodes.length, configMap: own.name };
  if (own.state === 'absent')
    report.found('configMissing', aboutMap(own), {
      data,
      evidence: [labelEvidence(own), { where: `ConfigMap kube-system/${own.name}`, value: 'not found' }],
    });
  if (own.state === 'read' && own.daemon === undefined)
    report.found('configUnreadable', aboutMap(own), {
      data,
      evidence: [
        labelEvidence(own),
        { where: whereMap(own), value: own.configMap?.data.eni_conf ?? 'key absent' },
      ],
    });
}

/** A merge patch works per zone: one that it does not name, or names without a vSwitch, is no zone of its own. */
function reportZones(own: DynamicConfig, report: FixedAddressReport): void {
  if (own.daemon === undefined) return;
  const zones = podVSwitches(own.daemon);
  const without = own.nodes.filter((node) => (zones.get(zoneOf(node)) ?? []).length === 0);
  for (const [zone, members] of groupBy(without, zoneOf))
    report.found('zoneMissing', aboutMap(own), {
      data: { configMap: own.name, zone: zone || 'unknown (no zone label)', nodes: members.length },
      evidence: [
        { where: `${whereMap(own)}.vswitches`, value: JSON.stringify(own.daemon.vswitches) ?? 'absent' },
        { where: 'Nodes, label topology.kubernetes.io/zone', value: listed(namesOf(members)) },
      ],
    });
}

function reportRestart(
  own: DynamicConfig,
  terwayPods: readonly PodView[],
  { report, set, context }: { report: FixedAddressReport; set: string; context: JudgeContext },
): void {
  if (own.configMap === undefined) return;
  const names = new Set(namesOf(own.nodes));
  const there = terwayPods.filter(({ node, deleting }) => !deleting && names.has(node ?? ''));
  const { old, untold, evidence } = restartsLeft(there, own.configMap, context.identity.kubernetes);
  if (untold !== undefined) report.unknown('check.no-evidence', untold, ['notRestarted']);
  if (old.length > 0)
    report.found(
      'notRestarted',
      { kind: 'DaemonSet', namespace: 'kube-system', name: set },
      {
        data: { nodes: old.length, configMap: own.name, names: listed(old.map(({ node }) => node ?? '')) },
        evidence,
      },
    );
}

function reportAdvice(own: DynamicConfig, facts: Facts, report: FixedAddressReport): void {
  const open = own.nodes.filter(
    ({ taints }) => !taints.some(({ effect }) => /^No(Schedule|Execute)$/.test(effect)),
  );
  if (open.length > 0)
    report.found('noTaint', aboutMap(own), {
      data: { nodes: open.length, configMap: own.name, names: listed(namesOf(open)) },
      evidence: [labelEvidence(own)],
    });

  const dedicated = [...new Set([...podVSwitches(own.daemon).values()].flat())];
  const common = new Set([...podVSwitches(facts.config.daemon).values()].flat());
  for (const vSwitch of dedicated.filter((id) => common.has(id)))
    report.found('shared', aboutMap(own), {
      data: { vSwitch, configMap: own.name },
      evidence: [
        { where: `${whereMap(own)}.vswitches`, value: JSON.stringify(own.daemon?.vswitches) },
        {
          where: `${eniConfigWhere('eni_conf')}.vswitches`,
          value: JSON.stringify(facts.config.daemon?.vswitches),
        },
      ],
    });
  for (const vSwitch of dedicated) reportSize(vSwitch, own, { resources: facts.terwayNodes, report });
}

const namesOf = (list: readonly NodeView[]): readonly string[] => list.map(({ name }) => name);
