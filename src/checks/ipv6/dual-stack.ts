import type { ClusterIdentity } from '../../cluster/identity/identity.js';
import type { ObjectRef } from '../../cluster/ports.js';
import { isIPv6 } from '../cidr.js';
import type { Applicability } from '../judging/define-check.js';
import { pluginUnread } from '../plugin-unread.js';

/** Why an IPv6 check says nothing about a cluster, or true. Flannel has no IPv6 at all. */
export function needsDualStack({ plugin, dualStack }: ClusterIdentity): Applicability {
  if (dualStack === false) return 'This cluster is single stack (IPv4).';
  if (!plugin.known) return pluginUnread(plugin);
  return plugin.name === 'flannel' ? 'Flannel has no IPv6.' : true;
}

export const hasIPv6 = (addresses: readonly string[]): boolean => addresses.some(isIPv6);

/** Object of a finding about many: a fix for one of them is started by name. */
export const aboutAll = (name: 'nodes' | 'pods' | 'services' | 'networkpolicies'): ObjectRef => ({
  kind: 'Cluster',
  name,
});
