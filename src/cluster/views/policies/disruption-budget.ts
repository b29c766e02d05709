import type { V1PodDisruptionBudget } from '@kubernetes/client-node';
import { list, number, texts } from '../../fields.js';
import type { Resource } from '../../ports.js';
import { nameOf, namespaceOf } from '../metadata.js';
import { resourceOf } from '../resource-of.js';

export interface DisruptionBudgetView {
  readonly namespace: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** True when the selector has expressions, which `labels` does not hold. */
  readonly selectsByExpression: boolean;
  readonly allowed: number;
}

export const disruptionBudgets: Resource<DisruptionBudgetView> = resourceOf<
  V1PodDisruptionBudget,
  DisruptionBudgetView
>(
  {
    group: 'policy',
    version: 'v1',
    plural: 'poddisruptionbudgets',
    kind: 'PodDisruptionBudget',
    namespaced: true,
  },
  (raw) => ({
    namespace: namespaceOf(raw),
    name: nameOf(raw),
    labels: texts(raw.spec?.selector?.matchLabels),
    selectsByExpression: list(raw.spec?.selector?.matchExpressions).length > 0,
    allowed: number(raw.status?.disruptionsAllowed) ?? 0,
  }),
);
