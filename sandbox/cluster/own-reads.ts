import { text } from '../../src/cluster/fields.js';
import type { RbacRule } from '../../src/cluster/ports.js';
import { componentNamespaces } from '../../src/cluster/views/pod.js';
import type { ClusterSimulator } from './start-cluster-simulator.js';

/** What `acknet rbac` is told of one cluster alone: `--config-maps` and `--log-namespaces`. */
export const ownReads = (simulator: Pick<ClusterSimulator, 'store' | 'kind'>): readonly RbacRule[] => [
  ...nodeConfigReads(simulator),
  ...logReads(simulator),
];

function logReads(simulator: Pick<ClusterSimulator, 'store' | 'kind'>): readonly RbacRule[] {
  const used = [...simulator.store.all(simulator.kind('DaemonSet'))].map((set) =>
    text(set, 'metadata', 'namespace'),
  );
  return componentNamespaces
    .filter((namespace) => namespace !== 'kube-system' && used.includes(namespace))
    .map((namespace) => ({ group: '', resource: 'pods/log', verbs: ['get'], namespace }));
}

/** The rule that `acknet rbac --config-maps …` adds: ConfigMaps that the nodes' `terway-config` labels name. */
function nodeConfigReads(simulator: Pick<ClusterSimulator, 'store' | 'kind'>): readonly RbacRule[] {
  const labelled = [...simulator.store.all(simulator.kind('Node'))].map((node) =>
    text(node, 'metadata', 'labels', 'terway-config'),
  );
  const names = [...new Set(labelled.filter((name) => name !== undefined))];
  return names.length === 0
    ? []
    : [{ group: '', resource: 'configmaps', verbs: ['get'], namespace: 'kube-system', names }];
}
