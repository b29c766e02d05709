import type { KubernetesObject } from '@kubernetes/client-node';
import { nameOf, namespaceOf } from './metadata.js';
import { resourceOf } from './resource-of.js';

/** All that is kept where only existence and number matter. */
export interface NamedObject {
  readonly namespace: string;
  readonly name: string;
}

const named = (
  group: string,
  version: string,
  [plural, kind]: readonly [string, string],
  namespaced = true,
) =>
  resourceOf<KubernetesObject, NamedObject>({ group, version, plural, kind, namespaced }, (raw) => ({
    namespace: namespaceOf(raw),
    name: nameOf(raw),
  }));

/** Policies beside the standard NetworkPolicy. Terway itself installs these CRDs; objects in them are the users'. */
export const ciliumPolicies = named('cilium.io', 'v2', ['ciliumnetworkpolicies', 'CiliumNetworkPolicy']);
export const ciliumClusterwidePolicies = named(
  'cilium.io',
  'v2',
  ['ciliumclusterwidenetworkpolicies', 'CiliumClusterwideNetworkPolicy'],
  false,
);
export const calicoPolicies = named('crd.projectcalico.org', 'v1', ['networkpolicies', 'NetworkPolicy']);
export const calicoGlobalPolicies = named(
  'crd.projectcalico.org',
  'v1',
  ['globalnetworkpolicies', 'GlobalNetworkPolicy'],
  false,
);
export const ciliumIdentities = named('cilium.io', 'v2', ['ciliumidentities', 'CiliumIdentity'], false);

/** Written by Terway's EIP feature once its migration has run. */
export const podEips = named('alibabacloud.com', 'v1beta1', ['podeips', 'PodEIP']);
