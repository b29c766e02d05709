import { labelOf } from '../../../cluster/object-label.js';
import type { ClusterReader } from '../../../cluster/ports.js';
import { nodes } from '../../../cluster/views/node.js';
import { pods } from '../../../cluster/views/pod.js';
import type { StoredChange } from '../../../proposals/proposal.js';
import { evictable } from '../../../remediations/node/evictable-pods.js';

/**
 * What an approval of a drain is for: this very machine, and these very pods. Another one of the same name is not
 * drained, and a pod that came later is not evicted.
 */
export interface Drained {
  /** Of the node. */
  readonly label: string;
  readonly node: string;
  readonly uid: string;
  readonly pods: readonly { readonly namespace: string; readonly name: string; readonly uid: string }[];
}

export function gatherDrains(
  reader: ClusterReader,
  changes: readonly StoredChange[],
): Promise<readonly Drained[]> {
  const drains = changes.filter((change) => change.verb === 'drain');
  return Promise.all(
    drains.map(async ({ about }) => {
      const [{ uid }, there] = await Promise.all([
        reader.get(nodes, { name: about.name }),
        reader.list(pods, { fieldSelector: `spec.nodeName=${about.name}` }),
      ]);
      const leaving = there.filter(evictable).map(({ namespace, name, uid }) => ({ namespace, name, uid }));
      return { label: labelOf(about), node: about.name, uid, pods: leaving };
    }),
  );
}
