import { text } from '../../src/cluster/fields.js';
import type { RbacRule } from '../../src/cluster/ports.js';
import type { ClusterSimulator } from './start-cluster-simulator.js';

/** The rule that `acknet rbac --config-maps …` adds: ConfigMaps that the nodes' `terway-config` labels name. */
export function nodeConfigReads(simulator: Pick<ClusterSimulator, 'store' | 'kind'>): readonly RbacRule[] {
  const labelled = [...simulator.store.all(simulator.kind('Node'))].map((node) =>
    text(node, 'metadata', 'labels', 'terway-config'),
  );
  const names = [...new Set(labelled.filter((name) => name !== undefined))];
  return names.length === 0
    ? []
    : [{ group: '', resource: 'configmaps', verbs: ['get'], namespace: 'kube-system', names }];
}
