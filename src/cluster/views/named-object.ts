import type { KubernetesObject } from '@kubernetes/client-node';
import type { Resource } from '../ports.js';
import { nameOf, namespaceOf } from './metadata.js';
import { resourceOf } from './resource-of.js';

/** All that is kept where only existence and number matter. */
export interface NamedObject {
  readonly namespace: string;
  readonly name: string;
}

const named = (kind: Omit<Resource<NamedObject>, 'project' | 'namespaced'>, { namespaced = true } = {}) =>
  resourceOf<KubernetesObject, NamedObject>({ ...kind, namespaced }, (raw) => ({
    namespace: namespaceOf(raw),
    name: nameOf(raw),
  }));

const cilium = { group: 'cilium.io', version: 'v2' };
const calico = { group: 'crd.projectcalico.org', version: 'v1' };
const ofCluster = { namespaced: false };

/** Policies beside the standard NetworkPolicy. Terway itself installs these CRDs; objects in them are the users'. */
export const ciliumPolicies = named({
  ...cilium,
  plural: 'ciliumnetworkpolicies',
  kind: 'CiliumNetworkPolicy',
});
export const ciliumClusterwidePolicies = named(
  { ...cilium, plural: 'ciliumclusterwidenetworkpolicies', kind: 'CiliumClusterwideNetworkPolicy' },
  ofCluster,
);
export const calicoPolicies = named({ ...calico, plural: 'networkpolicies', kind: 'NetworkPolicy' });
export const calicoGlobalPolicies = named(
  { ...calico, plural: 'globalnetworkpolicies', kind: 'GlobalNetworkPolicy' },
  ofCluster,
);
export const ciliumIdentities = named(
  { ...cilium, plural: 'ciliumidentities', kind: 'CiliumIdentity' },
  ofCluster,
);

/** Written by Terway's EIP feature once its migration has run. */
export const podEips = named({
  group: 'alibabacloud.com',
  version: 'v1beta1',
  plural: 'podeips',
  kind: 'PodEIP',
});
