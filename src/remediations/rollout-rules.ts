import type { RbacRule } from '../cluster/ports.js';

/** What the engine reads to count, order and follow a roll-out. */
export const rolloutReads = (...daemonSets: readonly string[]): readonly RbacRule[] => [
  { group: 'apps', resource: 'daemonsets', verbs: ['get'], namespace: 'kube-system', names: daemonSets },
  { group: 'apps', resource: 'controllerrevisions', verbs: ['list'], namespace: 'kube-system' },
  { group: '', resource: 'pods', verbs: ['list'], namespace: 'kube-system' },
  { group: '', resource: 'nodes', verbs: ['get', 'list'] },
];

/** RBAC cannot name pods by label: the engine deletes only pods that the DaemonSet owns, by uid. */
export const rolloutWrites: readonly RbacRule[] = [
  { group: '', resource: 'pods', verbs: ['delete'], namespace: 'kube-system' },
];

export const configMapReads = (...names: readonly string[]): RbacRule => ({
  group: '',
  resource: 'configmaps',
  verbs: ['get'],
  namespace: 'kube-system',
  names,
});

export const configMapWrites = (...names: readonly string[]): RbacRule => ({
  group: '',
  resource: 'configmaps',
  verbs: ['patch'],
  namespace: 'kube-system',
  names,
});
