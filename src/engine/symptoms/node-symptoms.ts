import type { Evidence } from '../../checks/define-check.js';
import { NETWORK_TAINT } from '../../checks/flannel/node-network-unavailable.js';
import { isJoining, isNetworkedNode } from '../../checks/node-kinds.js';
import type { NodeCondition, NodeView } from '../../cluster/views/node.js';
import type { Symptom } from './symptom.js';
import type { SymptomFacts } from './symptom-facts.js';

/** Nodes that are not Ready, and nodes without a route; one that has just joined is given its minutes. */
export function nodeSymptoms({ nodes, now }: SymptomFacts): readonly Symptom[] {
  return nodes
    .filter((node) => isNetworkedNode(node) && !isJoining(node, now))
    .flatMap((node) => [...notReady(node), ...withoutRoute(node)]);
}

function notReady(node: NodeView): readonly Symptom[] {
  const ready = conditionOf(node, 'Ready');
  if (ready === undefined || ready.status === 'True') return [];
  return [symptom('node-not-ready', node, [conditionEvidence(node, ready)])];
}

function withoutRoute(node: NodeView): readonly Symptom[] {
  const condition = conditionOf(node, 'NetworkUnavailable');
  const taint = node.taints.find(({ key }) => key === NETWORK_TAINT);
  if (condition?.status !== 'True' && taint === undefined) return [];
  return [
    symptom('node-without-route', node, [
      ...(condition === undefined ? [] : [conditionEvidence(node, condition)]),
      ...(taint === undefined
        ? []
        : [{ where: `Node ${node.name}, spec.taints`, value: `${taint.key}:${taint.effect}` }]),
    ]),
  ];
}

const symptom = (
  kind: 'node-not-ready' | 'node-without-route',
  { name }: NodeView,
  evidence: readonly Evidence[],
): Symptom => ({
  kind,
  about: { kind: 'Node', name },
  node: name,
  words: evidence[0]?.value ?? '',
  evidence,
});

const conditionOf = ({ conditions }: NodeView, wanted: string): NodeCondition | undefined =>
  conditions.find(({ type }) => type === wanted);

/** As the checks show a condition, so that a finding which quotes it is known to account for it. */
export const conditionEvidence = ({ name }: NodeView, condition: NodeCondition): Evidence => ({
  where: `Node ${name}, condition ${condition.type}=${condition.status} (${condition.reason})`,
  value: condition.message,
  at: condition.changedAt,
});
