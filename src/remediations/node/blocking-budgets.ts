import type { DisruptionBudgetView } from '../../cluster/views/policies/disruption-budget.js';
import type { PodView } from '../../cluster/views/pod.js';

/** Budgets that allow no eviction of this pod now, `<namespace>/<name>`; one with expressions may be among them. */
export function blockingBudgets(budgets: readonly DisruptionBudgetView[], pod: PodView): string[] {
  return budgets
    .filter(
      ({ namespace, labels, allowed }) =>
        allowed < 1 &&
        namespace === pod.namespace &&
        Object.entries(labels).every(([key, value]) => pod.labels[key] === value),
    )
    .map(({ namespace, name }) => `${namespace}/${name}`);
}
