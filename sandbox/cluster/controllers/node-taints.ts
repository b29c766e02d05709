import { list, object } from '../../../src/cluster/fields.js';
import { nodeKind } from '../api/objects/kinds.js';
import { lifecycleTaints } from '../expand/node-taints.js';
import type { ControllerContext } from './controller-context.js';

/** The node lifecycle controller: taints follow conditions and `spec.unschedulable`. */
export function reconcileTaints({ store }: ControllerContext): void {
  for (const node of store.all(nodeKind)) {
    const taints = lifecycleTaints(node);
    const keyed = (entries: readonly unknown[]) =>
      entries
        .map((entry) => JSON.stringify(entry))
        .sort()
        .join();
    const held = list(node, 'spec', 'taints').map((taint) => object(taint));
    if (keyed(held.map(({ timeAdded: _, ...taint }) => taint)) === keyed(taints)) continue;
    store.replace(
      nodeKind,
      { ...node, spec: { ...object(node, 'spec'), taints } },
      { manager: 'kube-controller-manager' },
    );
  }
}
