import type { EventView } from '../../cluster/views/event.js';
import type { NodeCondition, NodeView } from '../../cluster/views/node.js';
import type { Evidence } from '../judging/define-check.js';
import { isJoining } from '../node-kinds.js';
import { eventEvidence } from '../recent-events.js';

export const NETWORK_TAINT = 'node.kubernetes.io/network-unavailable';

/** What a node shows of its route, and what was said of it. */
export interface NodeRoute {
  readonly node: NodeView;
  /** `joins` = waits, and has had no time yet; `refused` = there, and errors were reported since; `quiet` = nothing is said against it. */
  readonly state: 'waits' | 'joins' | 'left taint' | 'refused' | 'quiet';
  readonly condition: NodeCondition | undefined;
  /** Route events about the node, newest first; of one that has its route those since. */
  readonly events: readonly EventView[];
  readonly evidence: readonly Evidence[];
  /** It says that its route is there, and has had time to get it. */
  readonly settled: boolean;
}

export function nodeRouteOf(node: NodeView, recent: readonly EventView[], now: Date): NodeRoute {
  const own = recent.filter(({ about }) => about.kind === 'Node' && about.name === node.name);
  const condition = node.conditions.find(({ type }) => type === 'NetworkUnavailable');
  const taint = node.taints.find(({ key }) => key === NETWORK_TAINT);
  const since = own.filter(({ at }) => !(Date.parse(at) <= Date.parse(condition?.changedAt ?? '')));
  const state = stateOf({
    waits: condition?.status === 'True' || (taint !== undefined && condition?.status !== 'False'),
    joins: own.length === 0 && isJoining(node, now),
    tainted: taint !== undefined,
    refused: since.length > 0,
  });
  return {
    node,
    state,
    condition,
    events: state === 'refused' ? since : own,
    evidence: [...routeEvidence(node, condition, taint), ...own.slice(0, 2).map(eventEvidence)],
    settled: condition?.status === 'False' && taint === undefined && !isJoining(node, now),
  };
}

function stateOf(
  is: Readonly<Record<'waits' | 'joins' | 'tainted' | 'refused', boolean>>,
): NodeRoute['state'] {
  if (is.waits) return is.joins ? 'joins' : 'waits';
  if (is.tainted) return 'left taint';
  return is.refused ? 'refused' : 'quiet';
}

function routeEvidence(
  { name }: NodeView,
  condition: NodeCondition | undefined,
  taint: NodeView['taints'][number] | undefined,
): readonly Evidence[] {
  const told = condition && {
    where: `Node ${name}, condition NetworkUnavailable=${condition.status} (${condition.reason})`,
    value: condition.message,
    at: condition.changedAt,
  };
  const marked = taint && { where: `Node ${name}, spec.taints`, value: `${taint.key}:${taint.effect}` };
  return [told, marked].flatMap((entry) => entry ?? []);
}
