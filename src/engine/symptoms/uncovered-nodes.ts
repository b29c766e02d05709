import { uncovered } from '../../checks/crashes/uncovered.js';
import { groupBy } from '../../checks/group-by.js';
import { NO_KUBE_PROXY } from '../../checks/kube-proxy/kube-proxies.js';
import type { DaemonSetView } from '../../cluster/views/daemon-set.js';
import type { NodeView } from '../../cluster/views/node.js';
import { isOfComponents } from '../../cluster/views/pod.js';
import type { Symptom } from './symptom.js';
import type { SymptomFacts } from './symptom-facts.js';

/** What every node needs one of. Of one for each architecture or role some stand for machines that are not there. */
const needs: readonly { readonly name: RegExp; readonly isNeededOn: (node: NodeView) => boolean }[] = [
  { name: /^(?:terway-eni|kube-flannel)/, isNeededOn: () => true },
  // Terway's eBPF can stand in for it, and then a label of the node says so.
  { name: /^kube-proxy/, isNeededOn: ({ labels }) => labels[NO_KUBE_PROXY] !== 'true' },
];

/** Nodes that need a plugin or kube-proxy, and on which its DaemonSets want no pod: selector or affinity fit them not. */
export function uncoveredNodes({ sets, nodes, pods, now }: SymptomFacts): readonly Symptom[] {
  return needs.flatMap(({ name: pattern, isNeededOn }) => {
    const own = sets.filter(({ namespace, name }) => isOfComponents(namespace) && pattern.test(name));
    const present = groupBy(
      pods.filter(({ namespace, owner }) => isOfComponents(namespace) && pattern.test(owner?.name ?? '')),
      ({ owner }) => owner?.name ?? '',
    );
    const isUnsettled = ({ name, desired, observedGeneration }: DaemonSetView): boolean =>
      observedGeneration === 0 || (present.get(name)?.length ?? 0) < desired;
    // One that lacks pods is a symptom itself, and may be what such a node lacks.
    if (own.length === 0 || own.some(isUnsettled)) return [];
    const there = [...present.values()].flat();
    const bare = uncovered(nodes.filter(isNeededOn), there, now);
    const main = own.toSorted((a, b) => b.desired - a.desired)[0];
    if (main === undefined || bare.length === 0) return [];
    return there.length === 0 ? [wantedNowhere(main)] : bare.map((node) => leftOut(node, main));
  });
}

function wantedNowhere({ namespace, name }: DaemonSetView): Symptom {
  const value = 'wants a pod on no node: its nodeSelector and affinity fit none';
  return {
    kind: 'component-down',
    about: { kind: 'DaemonSet', namespace, name },
    workload: name,
    words: value,
    evidence: [{ where: `DaemonSet ${namespace}/${name}, status`, value }],
  };
}

/** Of the node: what befell the DaemonSet's pods elsewhere is no cause of it. */
function leftOut({ name }: NodeView, { namespace, name: set, desired }: DaemonSetView): Symptom {
  const words = `DaemonSet ${set} wants no pod there: its nodeSelector, affinity or tolerations do not fit the node`;
  return {
    kind: 'component-down',
    about: { kind: 'Node', name },
    node: name,
    words,
    evidence: [
      {
        where: `DaemonSet ${namespace}/${set}, status`,
        value: `desiredNumberScheduled ${desired}, none on ${name}`,
      },
    ],
  };
}
