import type { Evidence, SymptomKind } from '../../checks/judging/define-check.js';
import { NETWORK_TAINT } from '../../checks/flannel/node-route.js';
import { isJoining, isNetworkedNode } from '../../checks/node-kinds.js';
import type { NodeCondition, NodeView } from '../../cluster/views/node.js';
import { conditionEvidence, conditionOf, furtherSigns, silenceOf } from './node-signs.js';
import type { Symptom } from './symptom.js';
import type { SymptomFacts } from './symptom-facts.js';

/** Nodes that are not Ready, that lack a route, or whose network is reported; one that has just joined is given its minutes. */
export function nodeSymptoms({ nodes, events, now }: SymptomFacts): readonly Symptom[] {
  return nodes
    .filter((node) => isNetworkedNode(node) && !isJoining(node, now))
    .flatMap((node) => [...notReady(node, events), ...withoutRoute(node), ...reported(node)]);
}

function notReady(node: NodeView, events: SymptomFacts['events']): readonly Symptom[] {
  const ready = conditionOf(node, 'Ready');
  if (ready === undefined || ready.status === 'True') return [];
  const found: Symptom = {
    ...symptom('node-not-ready', node, [conditionEvidence(node, ready)]),
    further: furtherSigns(node, events),
  };
  return [ready.status === 'Unknown' ? { ...found, adds: silenceOf(node, ready) } : found];
}

function withoutRoute(node: NodeView): readonly Symptom[] {
  const condition = conditionOf(node, 'NetworkUnavailable');
  const taint = node.taints.find(({ key }) => key === NETWORK_TAINT);
  if (condition?.status !== 'True' && taint === undefined) return [];
  return [
    symptom('node-without-route', node, [
      ...(condition === undefined ? [] : [conditionEvidence(node, condition)]),
      ...(taint === undefined ? [] : [taintEvidence(node, taint)]),
    ]),
  ];
}

/** Conditions of node-problem-detector about a node's network: `True` is bad. Source: its docs, "Problem Daemon API". */
const NETWORK_CONDITION = /Net(?:work|Dev)|Conntrack|CNI|DNS|Route|Iptables|KubeProxy|ENI(?![a-z])/i;
/** Named after what is good: `SufficientIP` of Terway, `…Ready`, `…Healthy`. */
const GOOD = /^Sufficient|Ready$|Healthy$|Available$|^NetworkUnavailable$/;
/** The node controller's own, of what the cloud controller manager has not come to yet. Source: k8s.io/cloud-provider/api. */
const UNINITIALIZED = 'node.cloudprovider.kubernetes.io/uninitialized';

/**
 * Of node-problem-detector as well: with them no pod starts there, though the kubelet may call the node Ready for a while.
 * Sources: its config/ (docker-, kernel-monitor.json, health-checker); ACK's has `RuntimeOffline`.
 */
const NOTHING_STARTS =
  /^(?:RuntimeOffline|(?:Container)?RuntimeUnhealthy|KernelDeadlock|ReadonlyFilesystem)$/;

function isBad({ type, status }: NodeCondition): boolean {
  // Nobody writes it for a node that has its route, or needs none.
  if (type === 'NetworkUnavailable') return status === 'Unknown';
  if (GOOD.test(type))
    return status === 'False' && (/^Sufficient/.test(type) || NETWORK_CONDITION.test(type));
  return status === 'True' && (NETWORK_CONDITION.test(type) || NOTHING_STARTS.test(type));
}

/** Of one that comes without a message: what it is. */
const wordsOf = ({ type, status, message }: NodeCondition): string => message || `${type}=${status}`;

function reported(node: NodeView): readonly Symptom[] {
  const bad = node.conditions.filter(isBad);
  const taint = node.taints.find(({ key }) => key === UNINITIALIZED);
  const signs = [
    ...bad.map((condition) => ({ ...conditionEvidence(node, condition), value: wordsOf(condition) })),
    ...(taint === undefined ? [] : [taintEvidence(node, taint)]),
  ];
  if (signs.length === 0) return [];
  const found = symptom('warning', node, signs);
  const isReady = conditionOf(node, 'Ready')?.status === 'True';
  const stands = bad.some(({ type }) => NOTHING_STARTS.test(type)) && isReady;
  return [stands ? { ...found, adds: 'Its kubelet calls the node Ready all the same.' } : found];
}

const taintEvidence = ({ name }: NodeView, { key, effect }: NodeView['taints'][number]): Evidence => ({
  where: `Node ${name}, spec.taints`,
  value: `${key}:${effect}`,
});

const symptom = (kind: SymptomKind, { name }: NodeView, evidence: readonly Evidence[]): Symptom => ({
  kind,
  about: { kind: 'Node', name },
  node: name,
  words: evidence[0]?.value ?? '',
  evidence,
});
