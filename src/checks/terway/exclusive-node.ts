import type { NodeView } from '../../cluster/views/node.js';

export const EXCLUSIVE_LABEL = 'k8s.aliyun.com/exclusive-mode-eni-type';

/** A node of an exclusive ENI pool (Terway 1.11.0 and later): one ENI a pod, no acceleration, no CNI chain. */
export const isExclusiveNode = ({ labels }: NodeView): boolean => labels[EXCLUSIVE_LABEL] === 'eniOnly';

/** Labelled, but without the resource that Terway offers in exclusive mode: it works in shared mode there. */
export const isLabelIgnored = (node: NodeView): boolean =>
  isExclusiveNode(node) && Object.keys(node.allocatable).length > 0 && !('aliyun/eni' in node.allocatable);
