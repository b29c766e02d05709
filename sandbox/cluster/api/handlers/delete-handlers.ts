import { list, number, text } from '../../../../src/cluster/fields.js';
import type { JsonObject } from '../../../../src/cluster/ports.js';
import { conflict } from '../api-fault.js';
import type { ApiAnswer, ApiRequest } from '../api-request.js';
import { apiVersionOf, podKind } from '../objects/kinds.js';
import { placeOf } from '../objects/object-store.js';
import { withMeta } from '../objects/with-meta.js';
import { predicateOf, type ReadContext } from './read-handlers.js';

export function deleteObject(request: ApiRequest, context: ReadContext): ApiAnswer {
  const before = context.store.get(request.kind, request.namespace, request.name ?? '');
  const left = removeObject(request, context, before);
  return { status: 200, body: left ?? success(request, before) };
}

export function deleteCollection(request: ApiRequest, context: ReadContext): ApiAnswer {
  const matching = context.store.all(request.kind).filter(predicateOf(request));
  for (const found of matching) removeObject(request, context, found);
  const { kind } = request;
  return {
    status: 200,
    body: { kind: `${kind.kind}List`, apiVersion: apiVersionOf(kind), metadata: {}, items: matching },
  };
}

type Deletion = Pick<ApiRequest, 'kind' | 'body' | 'query' | 'dryRun'>;

/**
 * Checks the preconditions, then deletes. A pod on a node is only marked: its kubelet ends it; so is an object with
 * finalizers. Returns the object where it is a pod or stays for a while.
 */
export function removeObject(
  request: Deletion,
  { store, now }: ReadContext,
  before: JsonObject,
): JsonObject | undefined {
  const { kind, body, dryRun } = request;
  const { namespace, name } = placeOf(before);
  checkPreconditions(request, before);
  const grace = number(body, 'gracePeriodSeconds') ?? Number(request.query.get('gracePeriodSeconds') ?? 30);
  const graceful = kind === podKind && text(before, 'spec', 'nodeName') !== undefined && grace > 0;
  const stays = graceful || list(before, 'metadata', 'finalizers').length > 0;
  if (!stays) {
    if (!dryRun) store.remove(kind, namespace, name);
    return kind === podKind ? before : undefined;
  }
  if (text(before, 'metadata', 'deletionTimestamp') !== undefined) return before;
  const marked = withMeta(before, {
    deletionTimestamp: `${now().toISOString().slice(0, 19)}Z`,
    deletionGracePeriodSeconds: graceful ? grace : 0,
  });
  return store.replace(kind, marked, { dryRun, manager: 'unknown' });
}

function checkPreconditions({ kind, body }: Deletion, before: JsonObject): void {
  const { name } = placeOf(before);
  for (const field of ['uid', 'resourceVersion'] as const) {
    const expected = text(body, 'preconditions', field);
    const actual = text(before, 'metadata', field);
    if (expected === undefined || expected === actual) continue;
    const label = field === 'uid' ? 'UID' : 'ResourceVersion';
    throw conflict(
      kind,
      name,
      `Precondition failed: ${label} in precondition: ${expected}, ${label} in object meta: ${actual}`,
    );
  }
}

function success({ kind }: ApiRequest, removed: JsonObject): JsonObject {
  const { name } = placeOf(removed);
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Success',
    details: {
      name,
      ...(kind.group && { group: kind.group }),
      kind: kind.plural,
      uid: text(removed, 'metadata', 'uid') ?? '',
    },
  };
}
