import { list, number, texts } from '../fields.js';
import type { Resource } from '../ports.js';
import { nameOf, namespaceOf } from './metadata.js';

export interface DisruptionBudgetView {
  readonly namespace: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** True when the selector has expressions, which `labels` does not hold. */
  readonly selectsByExpression: boolean;
  readonly allowed: number;
}

export const disruptionBudgets: Resource<DisruptionBudgetView> = {
  group: 'policy',
  version: 'v1',
  plural: 'poddisruptionbudgets',
  kind: 'PodDisruptionBudget',
  namespaced: true,
  project: (raw) => ({
    namespace: namespaceOf(raw),
    name: nameOf(raw),
    labels: texts(raw, 'spec', 'selector', 'matchLabels'),
    selectsByExpression: list(raw, 'spec', 'selector', 'matchExpressions').length > 0,
    allowed: number(raw, 'status', 'disruptionsAllowed') ?? 0,
  }),
};
