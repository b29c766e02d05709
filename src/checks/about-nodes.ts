import type { ObjectRef } from '../cluster/ports.js';

/** What a finding about several nodes is about: the node where it is one, else the nodes of the cluster. */
export const aboutNodes = (names: readonly string[]): ObjectRef =>
  names.length === 1 && names[0] !== undefined
    ? { kind: 'Node', name: names[0] }
    : { kind: 'Cluster', name: 'nodes' };
