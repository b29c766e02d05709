import { at, list, text } from '../../../src/cluster/fields.js';
import type { Json, JsonObject } from '../../../src/cluster/ports.js';

const conditionOf = (node: JsonObject, type: string): string | undefined =>
  text(
    list(node, 'status', 'conditions').find((entry) => text(entry, 'type') === type),
    'status',
  );

const owned = [
  {
    key: 'node.kubernetes.io/not-ready',
    effect: 'NoSchedule',
    holds: (node: JsonObject) => conditionOf(node, 'Ready') === 'False',
  },
  {
    key: 'node.kubernetes.io/unreachable',
    effect: 'NoSchedule',
    holds: (node: JsonObject) => conditionOf(node, 'Ready') === 'Unknown',
  },
  {
    key: 'node.kubernetes.io/network-unavailable',
    effect: 'NoSchedule',
    holds: (node: JsonObject) => conditionOf(node, 'NetworkUnavailable') === 'True',
  },
  {
    key: 'node.kubernetes.io/unschedulable',
    effect: 'NoSchedule',
    holds: (node: JsonObject) => at(node, 'spec', 'unschedulable') === true,
  },
] as const;

/** The node's taints as the node lifecycle controller leaves them: its own follow conditions, others stay. */
export function lifecycleTaints(node: JsonObject): readonly Json[] {
  const isOwned = (taint: Json) =>
    owned.some(({ key, effect }) => key === text(taint, 'key') && effect === text(taint, 'effect'));
  const others = list(node, 'spec', 'taints').filter((taint) => !isOwned(taint));
  return [...others, ...owned.filter(({ holds }) => holds(node)).map(({ key, effect }) => ({ key, effect }))];
}

export const isReady = (node: JsonObject): boolean => conditionOf(node, 'Ready') === 'True';
