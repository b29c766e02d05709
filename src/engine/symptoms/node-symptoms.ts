import type { Evidence, SymptomKind } from '../../checks/judging/define-check.js';
import { NETWORK_TAINT } from '../../checks/flannel/node-network-unavailable.js';
import { isJoining, isNetworkedNode } from '../../checks/node-kinds.js';
import type { NodeView } from '../../cluster/views/node.js';
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

function reported(node: NodeView): readonly Symptom[] {
  const bad = node.conditions.filter(
    ({ type, status }) => status === 'True' && NETWORK_CONDITION.test(type) && !GOOD.test(type),
  );
  const taint = node.taints.find(({ key }) => key === UNINITIALIZED);
  const signs = [
    ...bad.map((condition) => conditionEvidence(node, condition)),
    ...(taint === undefined ? [] : [taintEvidence(node, taint)]),
  ];
  return signs.length === 0 ? [] : [symptom('warning', node, signs)];
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
