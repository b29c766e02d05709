/** A kind that the simulated API serves. `crd` kinds answer 404 unless the scenario installs their group. */
export interface Kind {
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  readonly kind: string;
  readonly namespaced: boolean;
  readonly short?: readonly string[];
  readonly crd?: boolean;
  /** Field selectors beyond metadata.name and metadata.namespace. */
  readonly fields?: readonly string[];
  readonly subresources?: readonly string[];
}

const core = (plural: string, kind: string, more: Partial<Kind> = {}): Kind => ({
  group: '',
  version: 'v1',
  plural,
  kind,
  namespaced: true,
  ...more,
});

const of = (groupVersion: string, plural: string, kind: string, more: Partial<Kind> = {}): Kind => {
  const [group = '', version = ''] = groupVersion.split('/');
  return { group, version, plural, kind, namespaced: true, ...more };
};

const eventFields = [
  'involvedObject.kind',
  'involvedObject.namespace',
  'involvedObject.name',
  'involvedObject.uid',
  'reason',
  'type',
  'source',
];

export const kinds: readonly Kind[] = [
  core('nodes', 'Node', {
    namespaced: false,
    short: ['no'],
    fields: ['spec.unschedulable'],
    subresources: ['status'],
  }),
  core('pods', 'Pod', {
    short: ['po'],
    fields: ['spec.nodeName', 'status.phase', 'status.podIP', 'spec.restartPolicy'],
    subresources: ['log', 'eviction', 'status'],
  }),
  core('configmaps', 'ConfigMap', { short: ['cm'] }),
  core('secrets', 'Secret', { fields: ['type'] }),
  core('services', 'Service', { short: ['svc'], fields: ['spec.type', 'spec.clusterIP'] }),
  core('events', 'Event', { short: ['ev'], fields: eventFields }),
  core('namespaces', 'Namespace', { namespaced: false, short: ['ns'], fields: ['status.phase'] }),
  core('persistentvolumes', 'PersistentVolume', { namespaced: false, short: ['pv'] }),
  of('apps/v1', 'daemonsets', 'DaemonSet', { short: ['ds'], subresources: ['status'] }),
  of('apps/v1', 'deployments', 'Deployment', { short: ['deploy'], subresources: ['status'] }),
  of('apps/v1', 'controllerrevisions', 'ControllerRevision'),
  of('discovery.k8s.io/v1', 'endpointslices', 'EndpointSlice'),
  of('networking.k8s.io/v1', 'networkpolicies', 'NetworkPolicy', { short: ['netpol'] }),
  of('policy/v1', 'poddisruptionbudgets', 'PodDisruptionBudget', { short: ['pdb'] }),
  of('network.alibabacloud.com/v1beta1', 'nodes', 'Node', { namespaced: false, crd: true }),
  of('network.alibabacloud.com/v1beta1', 'podenis', 'PodENI', { crd: true }),
  of('network.alibabacloud.com/v1beta1', 'podnetworkings', 'PodNetworking', { namespaced: false, crd: true }),
  of('alibabacloud.com/v1beta1', 'podeips', 'PodEIP', { crd: true }),
  of('cilium.io/v2', 'ciliumnetworkpolicies', 'CiliumNetworkPolicy', { crd: true }),
  of('cilium.io/v2', 'ciliumclusterwidenetworkpolicies', 'CiliumClusterwideNetworkPolicy', {
    namespaced: false,
    crd: true,
  }),
  of('cilium.io/v2', 'ciliumidentities', 'CiliumIdentity', { namespaced: false, crd: true }),
  of('crd.projectcalico.org/v1', 'networkpolicies', 'NetworkPolicy', { crd: true }),
  of('crd.projectcalico.org/v1', 'globalnetworkpolicies', 'GlobalNetworkPolicy', {
    namespaced: false,
    crd: true,
  }),
];

export const apiVersionOf = ({ group, version }: Pick<Kind, 'group' | 'version'>): string =>
  group === '' ? version : `${group}/${version}`;

export const kindKey = ({ group, plural }: Pick<Kind, 'group' | 'plural'>): string => `${plural}.${group}`;
