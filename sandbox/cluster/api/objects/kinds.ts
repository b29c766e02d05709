/** A kind that the simulated API serves. `crd` kinds answer 404 unless the scenario installs their group. */
export interface Kind {
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  readonly kind: string;
  readonly namespaced: boolean;
  readonly short?: readonly string[];
  readonly crd?: boolean;
  /** First Kubernetes release that serves it; absent = all. */
  readonly since?: string;
  /** Part of `kubectl get all`. */
  readonly inAll?: boolean;
  /** Field selectors beyond metadata.name and metadata.namespace. */
  readonly fields?: readonly string[];
  readonly subresources?: readonly string[];
  /** Kind whose stored objects it shows in another form; such a kind is read-only. */
  readonly viewOf?: 'Event';
}

const of = (groupVersion: string, plural: string, kind: string, more: Partial<Kind> = {}): Kind => {
  const [version = '', group = ''] = groupVersion.split('/').reverse();
  return { group, version, plural, kind, namespaced: true, ...more };
};

const clusterWide = { namespaced: false } as const;
const custom = { crd: true } as const;

export const podKind = of('v1', 'pods', 'Pod', {
  short: ['po'],
  inAll: true,
  fields: ['spec.nodeName', 'status.phase', 'status.podIP', 'spec.restartPolicy'],
  subresources: ['log', 'eviction', 'status'],
});
export const nodeKind = of('v1', 'nodes', 'Node', {
  ...clusterWide,
  short: ['no'],
  fields: ['spec.unschedulable'],
  subresources: ['status'],
});
export const configMapKind = of('v1', 'configmaps', 'ConfigMap', { short: ['cm'] });
export const serviceKind = of('v1', 'services', 'Service', {
  short: ['svc'],
  inAll: true,
  fields: ['spec.type', 'spec.clusterIP'],
  subresources: ['status'],
});
export const eventKind = of('v1', 'events', 'Event', {
  short: ['ev'],
  fields: [
    ...['kind', 'namespace', 'name', 'uid', 'apiVersion'].map((field) => `involvedObject.${field}`),
    'reason',
    'type',
    'source',
    'reportingComponent',
  ],
});
export const namespaceKind = of('v1', 'namespaces', 'Namespace', {
  ...clusterWide,
  short: ['ns'],
  fields: ['status.phase'],
});
export const secretKind = of('v1', 'secrets', 'Secret', { fields: ['type'] });
export const daemonSetKind = of('apps/v1', 'daemonsets', 'DaemonSet', {
  short: ['ds'],
  inAll: true,
  subresources: ['status'],
});
export const replicaSetKind = of('apps/v1', 'replicasets', 'ReplicaSet', {
  short: ['rs'],
  inAll: true,
  subresources: ['status'],
});
export const revisionKind = of('apps/v1', 'controllerrevisions', 'ControllerRevision');
export const budgetKind = of('policy/v1', 'poddisruptionbudgets', 'PodDisruptionBudget', {
  short: ['pdb'],
  subresources: ['status'],
});

const rbac = 'rbac.authorization.k8s.io/v1';
export const serviceAccountKind = of('v1', 'serviceaccounts', 'ServiceAccount', {
  short: ['sa'],
  subresources: ['token'],
});
export const roleKind = of(rbac, 'roles', 'Role');
export const clusterRoleKind = of(rbac, 'clusterroles', 'ClusterRole', clusterWide);
export const roleBindingKind = of(rbac, 'rolebindings', 'RoleBinding');
export const clusterRoleBindingKind = of(rbac, 'clusterrolebindings', 'ClusterRoleBinding', clusterWide);

const builtIn: readonly Kind[] = [
  nodeKind,
  podKind,
  configMapKind,
  secretKind,
  serviceKind,
  eventKind,
  namespaceKind,
  of('v1', 'persistentvolumes', 'PersistentVolume', { ...clusterWide, short: ['pv'] }),
  of('v1', 'persistentvolumeclaims', 'PersistentVolumeClaim', { short: ['pvc'] }),
  of('coordination.k8s.io/v1', 'leases', 'Lease'),
  daemonSetKind,
  of('apps/v1', 'deployments', 'Deployment', {
    short: ['deploy'],
    inAll: true,
    subresources: ['status'],
  }),
  of('apps/v1', 'statefulsets', 'StatefulSet', {
    short: ['sts'],
    inAll: true,
    subresources: ['status'],
  }),
  replicaSetKind,
  revisionKind,
  of('discovery.k8s.io/v1', 'endpointslices', 'EndpointSlice'),
  of('networking.k8s.io/v1', 'networkpolicies', 'NetworkPolicy', { short: ['netpol'] }),
  of('networking.k8s.io/v1', 'servicecidrs', 'ServiceCIDR', {
    ...clusterWide,
    since: '1.33',
    subresources: ['status'],
  }),
  budgetKind,
  serviceAccountKind,
  roleKind,
  clusterRoleKind,
  roleBindingKind,
  clusterRoleBindingKind,
  of('events.k8s.io/v1', 'events', 'Event', { short: ['ev'], viewOf: 'Event' }),
];

const customKinds: readonly Kind[] = [
  of('network.alibabacloud.com/v1beta1', 'nodes', 'Node', { ...custom, ...clusterWide }),
  of('network.alibabacloud.com/v1beta1', 'podenis', 'PodENI', custom),
  of('network.alibabacloud.com/v1beta1', 'podnetworkings', 'PodNetworking', { ...custom, ...clusterWide }),
  of('alibabacloud.com/v1beta1', 'podeips', 'PodEIP', custom),
  of('cilium.io/v2', 'ciliumnetworkpolicies', 'CiliumNetworkPolicy', custom),
  of('cilium.io/v2', 'ciliumclusterwidenetworkpolicies', 'CiliumClusterwideNetworkPolicy', {
    ...custom,
    ...clusterWide,
  }),
  of('cilium.io/v2', 'ciliumidentities', 'CiliumIdentity', { ...custom, ...clusterWide }),
  of('crd.projectcalico.org/v1', 'networkpolicies', 'NetworkPolicy', custom),
  of('crd.projectcalico.org/v1', 'globalnetworkpolicies', 'GlobalNetworkPolicy', {
    ...custom,
    ...clusterWide,
  }),
];

export const kinds: readonly Kind[] = [...builtIn, ...customKinds];

export const apiVersionOf = ({ group, version }: Pick<Kind, 'group' | 'version'>): string =>
  group === '' ? version : `${group}/${version}`;

export const kindKey = ({ group, plural }: Pick<Kind, 'group' | 'plural'>): string => `${plural}.${group}`;
