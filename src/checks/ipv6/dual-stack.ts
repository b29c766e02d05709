import type { ClusterIdentity } from '../../cluster/identity.js';
import type { ObjectRef } from '../../cluster/ports.js';
import { isIPv6 } from '../cidr.js';

/** Why an IPv6 check says nothing about a cluster, or true. Flannel has no IPv6 at all. */
export function needsDualStack({ plugin, dualStack }: ClusterIdentity): true | string {
  if (plugin === 'flannel') return 'Flannel has no IPv6.';
  return dualStack === false ? 'This cluster is single stack (IPv4).' : true;
}

export const hasIPv6 = (addresses: readonly string[]): boolean => addresses.some(isIPv6);

/** Object of a finding about many: a fix for one of them is started by name. */
export const aboutAll = (name: 'nodes' | 'pods' | 'services' | 'networkpolicies'): ObjectRef => ({
  kind: 'Cluster',
  name,
});
