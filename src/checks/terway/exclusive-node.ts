import type { NodeView } from '../../cluster/views/node.js';
import type { PodView } from '../../cluster/views/pod.js';
import { terwaySetOfNode } from './terway-pods.js';

export const EXCLUSIVE_LABEL = 'k8s.aliyun.com/exclusive-mode-eni-type';

/** A node of an exclusive ENI pool (Terway 1.11.0 and later): one ENI a pod, no acceleration, no CNI chain. */
export const isExclusiveNode = ({ labels }: NodeView): boolean => labels[EXCLUSIVE_LABEL] === 'eniOnly';

/** Labelled, but without the resource that Terway offers in exclusive mode: it works in shared mode there. */
export const isLabelIgnored = (node: NodeView): boolean =>
  isExclusiveNode(node) && Object.keys(node.allocatable).length > 0 && !('aliyun/eni' in node.allocatable);

export type EniMode = 'exclusive' | 'shared';

/**
 * Whether pods of a node get an ENI each: what runs there counts, `terway-eni` or the label of the pool, and not what other
 * nodes have. `usual` = the DaemonSet of a node on which no Terway pod is. undefined = nothing tells: such a node where both
 * modes run is of either.
 */
export function eniModes(
  list: readonly NodeView[],
  pods: readonly PodView[],
  usual: string | undefined,
): (node: string) => EniMode | undefined {
  const labelled = list.filter((node) => isExclusiveNode(node) && !isLabelIgnored(node));
  const exclusive = new Set(labelled.map(({ name }) => name));
  const setOf = terwaySetOfNode(pods);
  const other = new Set(setOf.values()).size > 1 ? undefined : usual;
  return (node) => {
    const set = exclusive.has(node) ? 'terway-eni' : (setOf.get(node) ?? other);
    if (set === undefined) return undefined;
    return set === 'terway-eni' ? 'exclusive' : 'shared';
  };
}
