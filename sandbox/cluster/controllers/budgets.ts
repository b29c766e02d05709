import { at, number, object } from '../../../src/cluster/fields.js';
import type { JsonObject } from '../../../src/cluster/ports.js';
import { budgetKind, podKind } from '../api/objects/kinds.js';
import { placeOf } from '../api/objects/object-store.js';
import { selectorPredicate } from '../api/objects/selectors.js';
import type { ControllerContext } from './controller-context.js';
import { isDeleting, isPodReady } from './owned-pods.js';

/** PodDisruptionBudgets: how many more of the selected pods may go now. */
export function reconcileBudgets({ store }: ControllerContext): void {
  for (const budget of store.all(budgetKind)) {
    const selects = selectorPredicate(object(budget, 'spec', 'selector'));
    const pods = store
      .all(podKind)
      .filter(
        (pod) => placeOf(pod).namespace === placeOf(budget).namespace && selects(pod) && !isDeleting(pod),
      );
    const status = statusOf(budget, pods);
    if (JSON.stringify(status) !== JSON.stringify(budget.status))
      store.replace(budgetKind, { ...budget, status }, { status: true, manager: 'kube-controller-manager' });
  }
}

function statusOf(budget: JsonObject, pods: readonly JsonObject[]): JsonObject {
  const healthy = pods.filter(isPodReady).length;
  const least = at(budget, 'spec', 'minAvailable');
  const most = at(budget, 'spec', 'maxUnavailable');
  const needed =
    least === undefined ? Math.max(0, pods.length - countOf(most, pods.length)) : countOf(least, pods.length);
  return {
    currentHealthy: healthy,
    desiredHealthy: needed,
    disruptionsAllowed: Math.max(0, healthy - needed),
    expectedPods: pods.length,
    observedGeneration: number(budget, 'metadata', 'generation') ?? 1,
  };
}

/** A number, or a percentage rounded up. */
function countOf(value: unknown, of: number): number {
  const percent = typeof value === 'string' ? /^(\d+)%$/.exec(value)?.[1] : undefined;
  if (percent !== undefined) return Math.ceil((of * Number(percent)) / 100);
  return typeof value === 'number' ? value : 0;
}
