import { readClusterUid } from '../cluster/identity/cluster-uid.js';
import type { Clusters } from '../cluster/ports.js';
import { AcknetError } from '../errors.js';
import type { Person } from '../proposals/proposal.js';
import type { ClusterBindings } from './create-cluster-bindings.js';

/** A person's word that what answers to a cluster's name now is meant; says which it stood for, and stands for now. */
export type Rebind = (cluster: string, by: Person) => Promise<{ before: string | undefined; uid: string }>;

const READ_MS = 10_000;

/** `clusters` = as they answer, bound or not. */
export function createRebind({
  clusters,
  bindings,
}: {
  readonly clusters: Clusters;
  readonly bindings: ClusterBindings;
}): Rebind {
  return async (cluster, by) => {
    const uid = await readClusterUid(clusters.get(cluster).reader(AbortSignal.timeout(READ_MS)));
    if (uid === undefined)
      throw new AcknetError('cluster.forbidden', `${cluster} does not say which cluster it is.`, {
        hint: 'Grant the reader `get` on namespace kube-system: `acknet rbac` prints it.',
      });
    const before = await bindings.of(cluster);
    if (before !== uid) await bindings.rebind(cluster, uid, by);
    return { before, uid };
  };
}
