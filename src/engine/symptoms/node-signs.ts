import type { Evidence } from '../../checks/judging/define-check.js';
import { eventEvidence } from '../../checks/recent-events.js';
import type { EventView } from '../../cluster/views/event.js';
import type { NodeCondition, NodeView } from '../../cluster/views/node.js';
import type { PodView } from '../../cluster/views/pod.js';

/** As the checks show a condition, so that a finding which quotes it is known to account for it. */
export const conditionEvidence = ({ name }: Pick<NodeView, 'name'>, condition: NodeCondition): Evidence => ({
  where: `Node ${name}, condition ${condition.type}=${condition.status} (${condition.reason})`,
  value: condition.message,
  at: condition.changedAt,
});

export const conditionOf = ({ conditions }: NodeView, wanted: string): NodeCondition | undefined =>
  conditions.find(({ type }) => type === wanted);

/** Written by the kubelet, and by controllers that run elsewhere: they tell nothing of who else still speaks from there. */
const NOT_OF_NODE: ReadonlySet<string> = new Set([
  ...['Ready', 'MemoryPressure', 'DiskPressure', 'PIDPressure', 'OutOfDisk'],
  'NetworkUnavailable',
]);

/**
 * Who is silent: the kubelet has not renewed its lease, and the node controller wrote so. Whatever else on the node still
 * writes a condition or an event reaches the API server, so that the node's way there is not what is broken.
 */
export function silenceOf(node: NodeView, { changedAt = '', heartbeatAt }: NodeCondition): string {
  const speaking = node.conditions
    .filter(
      ({ type, heartbeatAt: at = '' }) => !NOT_OF_NODE.has(type) && Date.parse(at) > Date.parse(changedAt),
    )
    .toSorted((a, b) => Date.parse(b.heartbeatAt ?? '') - Date.parse(a.heartbeatAt ?? ''))[0];
  const last = heartbeatAt === undefined ? '' : ` since ${heartbeatAt}`;
  return speaking === undefined
    ? `Its kubelet has told nothing${last}, and nothing else on the node has: the machine, the kubelet, or the way to the API server.`
    : `Its kubelet has told nothing${last}, while condition ${speaking.type} came from there at ${speaking.heartbeatAt}: the kubelet is silent, not the node’s network.`;
}

/** By which the kubelet puts pods out and lets none in. Source: kubelet eviction/eviction_manager.go. */
const PUTS_OUT = /^(?:Memory|Disk|PID)Pressure$/;
const SHOWN_NODES = 3;

/** What the nodes say of why this pod was put out, or of why none takes it. */
export function pressureBehind(
  { endedOver = '', unschedulable = '', node: own }: Pick<PodView, 'endedOver' | 'unschedulable' | 'node'>,
  nodes: readonly NodeView[],
): readonly Evidence[] {
  const isMeant = endedOver.startsWith('Evicted')
    ? ({ name }: NodeView) => name === own
    : () => /\b(?:memory|disk|pid)-pressure\b/.test(unschedulable);
  return nodes
    .filter(isMeant)
    .flatMap((node) =>
      node.conditions
        .filter(({ type, status }) => status === 'True' && PUTS_OUT.test(type))
        .map((condition) => conditionEvidence(node, condition)),
    )
    .slice(0, SHOWN_NODES);
}

const PRESSURE = /^(?:Memory|Disk|PID|Inodes|NodePID|FD)Pressure$|Offline$|Deadlock$|^ReadonlyFilesystem$/;
const SHOWN_EVENTS = 2;

/** What else the node shows of why it is not Ready. */
export const furtherSigns = (node: NodeView, events: readonly EventView[]): readonly Evidence[] => [
  ...node.conditions
    .filter(({ type, status }) => status === 'True' && PRESSURE.test(type))
    .map((condition) => conditionEvidence(node, condition)),
  ...events
    .filter(({ about }) => about.kind === 'Node' && about.name === node.name)
    .slice(0, SHOWN_EVENTS)
    .map(eventEvidence),
];
