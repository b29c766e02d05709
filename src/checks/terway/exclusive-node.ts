import type { NodeView } from '../../cluster/views/node.js';

export const EXCLUSIVE_LABEL = 'k8s.aliyun.com/exclusive-mode-eni-type';

/** A node of an exclusive ENI pool (Terway 1.11.0 and later): one ENI a pod, no acceleration, no CNI chain. */
export const isExclusiveNode = ({ labels }: NodeView): boolean => labels[EXCLUSIVE_LABEL] === 'eniOnly';
