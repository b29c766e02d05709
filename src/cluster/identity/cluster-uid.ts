import type { V1Namespace } from '@kubernetes/client-node';
import { isAcknetError } from '../../errors.js';
import { text } from '../fields.js';
import type { ClusterReader, RbacRule, Resource } from '../ports.js';
import { resourceOf } from '../views/resource-of.js';

const namespaces: Resource<{ readonly uid: string }> = resourceOf<V1Namespace, { readonly uid: string }>(
  { group: '', version: 'v1', plural: 'namespaces', kind: 'Namespace', namespaced: false },
  (raw) => ({ uid: text(raw.metadata?.uid) ?? '' }),
);

export const clusterUidReads: readonly RbacRule[] = [
  { group: '', resource: 'namespaces', verbs: ['get'], names: ['kube-system'] },
];

/**
 * What tells one cluster from every other, whatever a kubeconfig calls it: the uid of its namespace kube-system.
 * undefined = the credential may not read it, or there is none. Other faults are thrown.
 */
export async function readClusterUid(reader: Pick<ClusterReader, 'get'>): Promise<string | undefined> {
  try {
    const { uid } = await reader.get(namespaces, { name: 'kube-system' });
    return uid === '' ? undefined : uid;
  } catch (error) {
    if (isAcknetError(error, 'cluster.forbidden') || isAcknetError(error, 'cluster.not-found'))
      return undefined;
    throw error;
  }
}

/** Enough of it for eyes. */
export const shortUid = (uid: string): string => uid.slice(0, 8);
