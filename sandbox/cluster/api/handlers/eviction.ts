import { number, object, text } from '../../../../src/cluster/fields.js';
import type { JsonObject } from '../../../../src/cluster/ports.js';
import { ApiFault } from '../api-fault.js';
import type { ApiAnswer, ApiRequest } from '../api-request.js';
import { isDryRun } from '../api-request.js';
import { removeObject } from './delete-handlers.js';
import { budgetKind } from '../objects/kinds.js';
import { type ObjectStore, placeOf } from '../objects/object-store.js';
import type { ReadContext } from './read-handlers.js';
import { selectorPredicate } from '../objects/selectors.js';

/** policy/v1 Eviction: a PodDisruptionBudget without room refuses with 429, two of them with 500. */
export function evictPod(request: ApiRequest, context: ReadContext): ApiAnswer {
  const pod = context.store.get(request.kind, request.namespace, request.name ?? '');
  const body = object(request.body, 'deleteOptions');
  const dryRun = request.dryRun || isDryRun(new URLSearchParams(), body);
  if (text(pod, 'status', 'phase') === 'Running') refuseOverBudget(context.store, pod);
  removeObject({ ...request, body, dryRun }, context, pod);
  return {
    status: 201,
    body: { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 },
  };
}

function refuseOverBudget(store: ObjectStore, pod: JsonObject): void {
  const budgets = budgetsOf(store, pod);
  if (budgets.length > 1)
    throw new ApiFault(
      500,
      'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.',
    );
  const [budget] = budgets;
  if (budget === undefined || (number(budget, 'status', 'disruptionsAllowed') ?? 0) > 0) return;
  const { name } = placeOf(budget);
  const needed = number(budget, 'status', 'desiredHealthy') ?? 0;
  const healthy = number(budget, 'status', 'currentHealthy') ?? 0;
  throw new ApiFault(429, "Cannot evict pod as it would violate the pod's disruption budget.", {
    details: {
      causes: [
        {
          reason: 'DisruptionBudget',
          message: `The disruption budget ${name} needs ${needed} healthy pods and has ${healthy} currently`,
        },
      ],
    },
  });
}

const budgetsOf = (store: ObjectStore, pod: JsonObject): readonly JsonObject[] =>
  store
    .all(budgetKind)
    .filter(
      (budget) =>
        placeOf(budget).namespace === placeOf(pod).namespace &&
        selectorPredicate(object(budget, 'spec', 'selector'))(pod),
    );
