import type { ObjectRef } from './ports.js';

/** `ConfigMap kube-system/eni-config`, `Node cn-hangzhou.10.0.0.1`. */
export const labelOf = ({ kind, namespace, name }: ObjectRef): string =>
  `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
