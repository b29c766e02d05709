import type { InstanceType } from '../../cloud/views/instance-type.js';
import { unlessAbsent } from '../../cluster/absent.js';
import { flag } from '../../cluster/fields.js';
import type { ClusterReader } from '../../cluster/ports.js';
import { type NodeView, nodes } from '../../cluster/views/node.js';
import { type PodView, pods } from '../../cluster/views/pod.js';
import { type TerwayNodeView, terwayNodes } from '../../cluster/views/terway/terway-node.js';
import { count } from '../../texts/count.js';
import { aboutNodes } from '../about-nodes.js';
import { defineCheck, type Evidence, type Judgement, type MessageTemplate } from '../judging/define-check.js';
import { groupBy } from '../group-by.js';
import { listed } from '../listed.js';
import { isNetworkedNode } from '../node-kinds.js';
import { inPrefixMode, waitsForAddress } from './address-supply.js';
import { instanceTypeActions, instanceTypeOf, seeInstanceTypes } from './cloud/see-instance-types.js';
import { eniModes } from './exclusive-node.js';
import { type NodeCapacity, nodeCapacities } from './node-capacity.js';
import {
  gatherTerwayConfig,
  needsTerway,
  type TerwayConfig,
  terwayConfigReads,
  terwayNodeReads,
} from './terway-config.js';

const NEARLY = 0.9;
const SHOWN = 5;
const REFUSED = /Insufficient aliyun\/eni|Insufficient aliyun\/member-eni|Too many pods/;

const messages = {
  full: {
    severity: 'problem',
    text: '{nodes} {nodes:node carries all the pods its|nodes carry all the pods their} ENIs have addresses for, and {waiting} {waiting:pod waits|pods wait} there: {names}. More nodes, or an instance type with more ENIs.',
    explains: ['pod-waiting', 'warning'],
    mends: 'number of nodes',
  },
  notPlaced: {
    severity: 'problem',
    text: '{pods} {pods:pod is|pods are} not scheduled, and nodes without room for their network are a reason the scheduler names ({reason}): {names}.',
    explains: ['pod-waiting', 'warning'],
    mends: 'number of nodes',
  },
  atLimit: {
    severity: 'advice',
    text: '{nodes} {nodes:node carries all the pods its|nodes carry all the pods their} ENIs have addresses for: {names}.',
  },
  nearly: {
    severity: 'advice',
    text: '{nodes} {nodes:node carries 90 % or more of the pods its|nodes carry 90 % or more of the pods their} ENIs have addresses for: {names}.',
  },
  overstated: {
    severity: 'advice',
    text: '{nodes} {nodes:node says that it carries|nodes say that they carry} more pods than the instance type has addresses for ({names}; {says} against {carries}): counted here by the type. The annotation max-available-ip is wrong in some versions of Terway before 1.11.1.',
  },
} as const satisfies Record<string, MessageTemplate>;

type Report = Judgement<typeof messages>;

interface Facts {
  readonly config: TerwayConfig;
  readonly nodes: readonly NodeView[];
  readonly pods: readonly PodView[];
  readonly terwayNodes: readonly TerwayNodeView[] | undefined;
}

/** Source: FAQ "What is the number of pods supported in Terway network mode?"; ack-docs 3.1, cluster-signals 2.8. */
export const terwayPodCapacity = defineCheck({
  id: 'terway-pod-capacity',
  title: 'How much room nodes have for pods',
  area: 'terway',
  intents: ['terway-pod-capacity'],
  reads: [
    ...terwayConfigReads,
    ...terwayNodeReads,
    { group: '', resource: 'nodes', verbs: ['list'] },
    { group: '', resource: 'pods', verbs: ['list'] },
  ],
  appliesTo: needsTerway,
  cloud: {
    actions: instanceTypeActions,
    shows: 'how many pods the instance type of each node has addresses for',
    settles: [],
    decides: ['overstated'],
    asks: (facts: Facts) => bounded(facts).length > 0,
    gather: (cloud, facts: Facts) => seeInstanceTypes(cloud, bounded(facts)),
  },
  messages,

  async gather(reader: ClusterReader): Promise<Facts> {
    const [config, list, all, resources] = await Promise.all([
      gatherTerwayConfig(reader),
      reader.list(nodes),
      reader.list(pods),
      unlessAbsent(reader.list(terwayNodes)),
    ]);
    return { config, nodes: list.filter(isNetworkedNode), pods: all, terwayNodes: resources };
  },

  judge(facts, report, { identity, cloud }) {
    const modeOf = eniModes(facts.nodes, facts.pods, identity.terway?.daemonSet);
    const capacities = nodeCapacities({
      ...facts,
      pods: facts.pods.filter((pod) => !waitsForAddress(pod)),
      modeOf,
      prefixMode: inPrefixMode(facts.config),
      types: cloud,
    });
    reportOverstated(capacities, report);
    if (cloud !== undefined) showTypes(cloud, report);
    reportFull(capacities, facts.pods, report);
    reportNotPlaced(facts.pods, report);

    const used = capacities.reduce((sum, node) => sum + node.used, 0);
    const total = capacities.reduce((sum, node) => sum + node.capacity, 0);
    report.fact({
      label: 'Pods with an address of their own',
      value: `${used} of ${total} on ${count(capacities.length, 'node')}`,
    });
    const modeless = facts.nodes.flatMap(({ name }) => (modeOf(name) === undefined ? [name] : []));
    const untold = facts.nodes.length - capacities.length - modeless.length;
    if (modeless.length > 0)
      report.unknown(
        'check.no-evidence',
        `How many pods ${listed(modeless)} can carry depends on the ENI mode, and no Terway pod there tells which of the cluster’s it is`,
      );
    if (untold > 0 || facts.nodes.length === 0)
      report.unknown(
        'check.no-evidence',
        `How many pods ${untold} of ${count(facts.nodes.length, 'node')} can carry is told by no annotation, resource or instance type${inPrefixMode(facts.config) ? ' (with IP prefixes no formula holds)' : ''}`,
      );
  },
});

function reportFull(capacities: readonly NodeCapacity[], all: readonly PodView[], report: Report): void {
  const waiting = groupBy(all.filter(waitsForAddress), ({ node }) => node);
  const waitingOn = ({ node }: NodeCapacity): number => waiting.get(node)?.length ?? 0;
  const full = capacities.filter(({ used, capacity }) => used >= capacity);
  const short = full.filter((node) => waitingOn(node) > 0);
  if (short.length > 0)
    report.found('full', aboutNodes(namesOf(short)), {
      data: { ...told(short), waiting: short.reduce((sum, node) => sum + waitingOn(node), 0) },
      evidence: short.slice(0, SHOWN).map(usedEvidence),
    });
  for (const [message, members] of [
    ['atLimit', full.filter((node) => !short.includes(node))],
    ['nearly', capacities.filter(({ used, capacity }) => used < capacity && used >= capacity * NEARLY)],
  ] as const)
    if (members.length > 0)
      report.found(message, aboutNodes(namesOf(members)), {
        data: told(members),
        evidence: members.slice(0, SHOWN).map(usedEvidence),
        affects: { nodes: namesOf(members) },
      });
}

/** Nodes for which the formula of their instance type holds; where the ENI mode is not told it may. */
function bounded({ config, nodes: list, pods: all }: Facts): readonly NodeView[] {
  if (withERDMA(config)) return [];
  const modeOf = eniModes(list, all, undefined);
  return list.filter(
    (node) => instanceTypeOf(node) !== undefined && !(inPrefixMode(config) && modeOf(node.name) === 'shared'),
  );
}

/** An ENI or two of each node are its own then, as many as no formula tells. */
const withERDMA = ({ daemon }: TerwayConfig): boolean => flag(daemon, 'enable_erdma') === true;

function reportOverstated(capacities: readonly NodeCapacity[], report: Report): void {
  for (const members of groupBy(
    capacities.filter(({ overstated }) => overstated !== undefined),
    ({ overstated, capacity }) => `${overstated?.capacity} ${capacity}`,
  ).values())
    report.found('overstated', aboutNodes(namesOf(members)), {
      data: {
        ...told(members),
        says: members[0]?.overstated?.capacity ?? '',
        carries: members[0]?.capacity ?? '',
      },
      evidence: members.slice(0, SHOWN).flatMap(({ capacity, where, overstated }) => [
        { where: overstated?.where ?? '', value: String(overstated?.capacity) },
        { where, value: String(capacity) },
      ]),
    });
}

const showTypes = (types: ReadonlyMap<string, InstanceType>, report: Report): void => {
  for (const { id, enis, addressesPerEni, members } of types.values())
    report.fact({
      label: `Pods that ${id} has addresses for`,
      value: `(${enis} - 1) x ${addressesPerEni} = ${(enis - 1) * addressesPerEni}, or ${enis - 1} with an ENI each; behind a trunk ${members ?? 'not told'}`,
      where:
        'DescribeInstanceTypes, EniQuantity, EniPrivateIpAddressQuantity, EniTotalQuantity - EniQuantity',
    });
};

/** The scheduler's own words on pods it could not place; the condition goes when it can. */
function reportNotPlaced(all: readonly PodView[], report: Report): void {
  const refused = all
    .filter(({ node, unschedulable }) => node === undefined && REFUSED.test(unschedulable ?? ''))
    .map((pod) => ({ pod, reason: REFUSED.exec(pod.unschedulable ?? '')?.[0] ?? '' }));
  for (const [reason, members] of groupBy(refused, (entry) => entry.reason))
    report.found(
      'notPlaced',
      { kind: 'Cluster', name: 'nodes' },
      {
        data: {
          pods: members.length,
          reason,
          names: listed(members.map(({ pod }) => `${pod.namespace}/${pod.name}`)),
        },
        evidence: members.slice(0, SHOWN).map(({ pod }) => ({
          where: `Pod ${pod.namespace}/${pod.name}, condition PodScheduled=False`,
          value: pod.unschedulable ?? '',
        })),
        affects: { pods: members.map(({ pod }) => `${pod.namespace}/${pod.name}`) },
      },
    );
}

const namesOf = (members: readonly NodeCapacity[]): readonly string[] => members.map(({ node }) => node);
const told = (members: readonly NodeCapacity[]) => ({
  nodes: members.length,
  names: listed(namesOf(members)),
});

const usedEvidence = ({ node, used, capacity, where }: NodeCapacity): Evidence => ({
  where: `${where}, and pods of ${node}`,
  value: `${used} of ${capacity}`,
});
