import { labelOf } from '../../cluster/object-label.js';
import type { ClusterReader } from '../../cluster/ports.js';
import { nodes } from '../../cluster/views/node.js';
import { pods } from '../../cluster/views/pod.js';
import type { StoredChange } from '../../proposals/proposal.js';
import { evictable } from '../../remediations/node/evictable-pods.js';
import { canonical, sha256 } from './digest.js';

/**
 * What an approval of a drain is for, by the node's label: this very machine, and these very pods. Another one of the
 * same name is not drained, and a pod that came later is not evicted.
 */
export function gatherDrains(
  reader: ClusterReader,
  changes: readonly StoredChange[],
): Promise<readonly (readonly [string, string])[]> {
  const drains = changes.filter((change) => change.verb === 'drain');
  return Promise.all(
    drains.map(async ({ about }) => {
      const [{ uid }, there] = await Promise.all([
        reader.get(nodes, { name: about.name }),
        reader.list(pods, { fieldSelector: `spec.nodeName=${about.name}` }),
      ]);
      const uids = there.filter(evictable).map((pod) => pod.uid);
      return [`drain of ${labelOf(about)}`, sha256(canonical({ uid, pods: uids.sort() }))] as const;
    }),
  );
}
