import { isObject, list, number, object, text, texts } from '../../cluster/fields.js';
import type { JsonObject } from '../../cluster/ports.js';
import { ApiFault, badRequest, conflict, invalid } from './api-fault.js';
import type { ApiAnswer, ApiRequest } from './api-request.js';
import { applyPatch } from './apply-patch.js';
import { apiVersionOf, type Kind, kinds } from './kinds.js';
import { type ObjectStore, placeOf, withMeta } from './object-store.js';
import { predicateOf } from './read-handlers.js';
import { labelPredicate } from './selectors.js';

const managerOf = ({ query }: ApiRequest): string => query.get('fieldManager') ?? 'unknown';

export function createObject(request: ApiRequest, store: ObjectStore): ApiAnswer {
  const given = objectIn(request);
  const named = withMeta(given, {
    ...(request.namespace !== undefined && { namespace: request.namespace }),
    name: text(given, 'metadata', 'name') ?? `${text(given, 'metadata', 'generateName') ?? ''}x`,
  });
  validate(request.kind, named);
  return {
    status: 201,
    body: store.create(request.kind, named, { manager: managerOf(request), dryRun: request.dryRun }),
  };
}

export function updateObject(request: ApiRequest, store: ObjectStore): ApiAnswer {
  const before = store.get(request.kind, request.namespace, request.name ?? '');
  return stored(request, store, { before, after: objectIn(request) });
}

export function patchObject(request: ApiRequest, store: ObjectStore): ApiAnswer {
  const before = store.get(request.kind, request.namespace, request.name ?? '');
  const after = applyPatch(before, request.contentType, request.body);
  return stored(request, store, { before, after });
}

function stored(
  request: ApiRequest,
  store: ObjectStore,
  { before, after }: { before: JsonObject; after: JsonObject },
): ApiAnswer {
  const { kind } = request;
  const { name } = placeOf(before);
  const expected = text(after, 'metadata', 'resourceVersion');
  if (expected !== undefined && expected !== text(before, 'metadata', 'resourceVersion')) {
    throw conflict(
      kind,
      name,
      'the object has been modified; please apply your changes to the latest version and try again',
    );
  }
  if (text(after, 'metadata', 'name') !== name)
    throw badRequest('the name of the object does not match the name on the URL');
  validate(kind, after);
  refuseImmutable(kind, before, after);
  const status = request.subresource === 'status';
  const kept = status
    ? { ...before, status: after.status ?? {} }
    : { ...after, ...('status' in before && { status: before.status as JsonObject }) };
  const unchanged = JSON.stringify(kept) === JSON.stringify(before);
  if (unchanged) return { status: 200, body: before };
  return {
    status: 200,
    body: store.replace(kind, kept, { manager: managerOf(request), dryRun: request.dryRun, status }),
  };
}

function objectIn({ body, kind }: ApiRequest): JsonObject {
  if (!isObject(body)) throw badRequest('the object provided is unrecognized');
  if (body.kind !== undefined && body.kind !== kind.kind)
    throw badRequest(`${String(body.kind)} cannot be handled as a ${kind.kind}`);
  if (body.apiVersion !== undefined && body.apiVersion !== apiVersionOf(kind)) {
    throw badRequest(
      `the API version in the data (${String(body.apiVersion)}) does not match the expected API version (${apiVersionOf(kind)})`,
    );
  }
  return body;
}

function validate(kind: Kind, after: JsonObject): void {
  const { name } = placeOf(after);
  if (!/^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/.test(name))
    throw invalid(kind, name, `metadata.name: Invalid value: "${name}"`);
  if (kind.kind !== 'ConfigMap') return;
  const wrong = Object.entries(object(after, 'data')).find(([, value]) => typeof value !== 'string');
  if (wrong)
    throw badRequest(
      `ConfigMap in version "v1" cannot be handled as a ConfigMap: json: cannot unmarshal into Go struct field ConfigMap.data of type string`,
    );
}

function refuseImmutable(kind: Kind, before: JsonObject, after: JsonObject): void {
  const { name } = placeOf(before);
  const was = (...path: string[]) => JSON.stringify(object(before, ...path));
  if (text(after, 'metadata', 'uid') !== text(before, 'metadata', 'uid')) {
    throw conflict(
      kind,
      name,
      `Precondition failed: UID in precondition: ${text(after, 'metadata', 'uid')}, UID in object meta: ${text(before, 'metadata', 'uid')}`,
    );
  }
  if (
    kind.kind === 'DaemonSet' &&
    was('spec', 'selector') !== JSON.stringify(object(after, 'spec', 'selector'))
  ) {
    throw invalid(kind, name, 'spec.selector: Invalid value: field is immutable');
  }
  const sealed = kind.kind === 'ConfigMap' && before.immutable === true;
  if (sealed && was('data') !== JSON.stringify(object(after, 'data')))
    throw invalid(kind, name, 'data: Forbidden: field is immutable when `immutable` is set');
}

export function deleteObject(request: ApiRequest, store: ObjectStore): ApiAnswer {
  const before = store.get(request.kind, request.namespace, request.name ?? '');
  return removed(request, store, before);
}

export function deleteCollection(request: ApiRequest, store: ObjectStore): ApiAnswer {
  const matching = store.all(request.kind).filter(predicateOf(request));
  for (const found of matching) removed(request, store, found);
  return {
    status: 200,
    body: {
      kind: `${request.kind.kind}List`,
      apiVersion: apiVersionOf(request.kind),
      metadata: {},
      items: matching,
    },
  };
}

function removed({ kind, body, dryRun }: ApiRequest, store: ObjectStore, before: JsonObject): ApiAnswer {
  const { namespace, name } = placeOf(before);
  for (const field of ['uid', 'resourceVersion'] as const) {
    const expected = text(body, 'preconditions', field);
    const actual = text(before, 'metadata', field);
    if (expected !== undefined && expected !== actual) {
      const label = field === 'uid' ? 'UID' : 'ResourceVersion';
      throw conflict(
        kind,
        name,
        `Precondition failed: ${label} in precondition: ${expected}, ${label} in object meta: ${actual}`,
      );
    }
  }
  if (!dryRun) store.remove(kind, namespace, name);
  return { status: 200, body: before };
}

/** policy/v1 Eviction: a PodDisruptionBudget without room refuses with 429. */
export function evictPod(request: ApiRequest, store: ObjectStore): ApiAnswer {
  const pod = store.get(request.kind, request.namespace, request.name ?? '');
  const blocking = budgetsOf(store, pod).find(
    (budget) => (number(budget, 'status', 'disruptionsAllowed') ?? 0) < 1,
  );
  if (blocking) {
    const name = text(blocking, 'metadata', 'name') ?? '';
    throw new ApiFault(429, "Cannot evict pod as it would violate the pod's disruption budget.", {
      details: {
        causes: [
          { reason: 'DisruptionBudget', message: `The disruption budget ${name} needs more healthy pods` },
        ],
      },
    });
  }
  removed({ ...request, body: (request.body as JsonObject | undefined)?.deleteOptions }, store, pod);
  return {
    status: 201,
    body: { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 },
  };
}

function budgetsOf(store: ObjectStore, pod: JsonObject): readonly JsonObject[] {
  const budgets = kinds.find(({ kind }) => kind === 'PodDisruptionBudget');
  if (budgets === undefined) return [];
  return store.all(budgets).filter((budget) => {
    const labels = Object.entries(texts(budget, 'spec', 'selector', 'matchLabels'));
    const selector = labels.map(([key, value]) => `${key}=${value}`).join(',');
    return (
      text(budget, 'metadata', 'namespace') === text(pod, 'metadata', 'namespace') &&
      selector !== '' &&
      labelPredicate(selector)(pod)
    );
  });
}

export const hasContainer = (pod: JsonObject, name: string): boolean =>
  [...list(pod, 'spec', 'containers'), ...list(pod, 'spec', 'initContainers')].some(
    (container) => text(container, 'name') === name,
  );
