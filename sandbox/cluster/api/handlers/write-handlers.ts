import { isObject, list, object, text } from '../../../../src/cluster/fields.js';
import type { JsonObject } from '../../../../src/cluster/ports.js';
import { admit, admitStatus, refuseImmutable } from '../admitting/admission.js';
import { ApiFault, badRequest, conflict, notFound } from '../api-fault.js';
import type { ApiAnswer, ApiRequest } from '../api-request.js';
import { applyPatch, refusePatchType } from '../patches/apply-patch.js';
import { apiVersionOf, namespaceKind, podKind } from '../objects/kinds.js';
import { nameSuffix } from '../objects/name-suffix.js';
import { type ObjectStore, placeOf } from '../objects/object-store.js';
import { withMeta } from '../objects/with-meta.js';
import { qosClassOf } from '../admitting/qos-class.js';

export interface WriteContext {
  readonly store: ObjectStore;
  readonly nextId: () => string;
  /** Services of such a cluster may have addresses of both families. */
  readonly dualStack: boolean;
}

const managerOf = ({ query, raw }: ApiRequest): string =>
  query.get('fieldManager') ?? raw.request.headers['user-agent']?.split('/')[0] ?? 'unknown';

export function createObject(request: ApiRequest, context: WriteContext): ApiAnswer {
  const { kind, namespace } = request;
  const given = objectIn(request);
  if (namespace !== undefined && context.store.find(namespaceKind, undefined, namespace) === undefined)
    throw notFound(namespaceKind, namespace);
  const prefix = text(given, 'metadata', 'generateName');
  const name = text(given, 'metadata', 'name') ?? (prefix && `${prefix}${nameSuffix(context.nextId())}`);
  const placed = withMeta(given, { ...(namespace !== undefined && { namespace }), name: name ?? '' });
  const { status: _ignored, ...fresh } = withMeta(placed, { uid: context.nextId(), creationTimestamp: '' });
  const admitted = admit(kind, fresh, context);
  const status = { phase: 'Pending', qosClass: qosClassOf(admitted) };
  const started = kind === podKind ? { ...admitted, status } : admitted;
  const made = context.store.create(kind, started, {
    manager: managerOf(request),
    dryRun: request.dryRun,
  });
  return { status: 201, body: made };
}

export function updateObject(request: ApiRequest, context: WriteContext): ApiAnswer {
  const before = context.store.get(request.kind, request.namespace, request.name ?? '');
  return stored(request, context, { before, after: objectIn(request) });
}

export function patchObject(request: ApiRequest, context: WriteContext): ApiAnswer {
  const { kind, contentType, body } = request;
  refusePatchType(contentType, kind);
  const before = context.store.get(kind, request.namespace, request.name ?? '');
  return stored(request, context, { before, after: applyPatch(before, { contentType, patch: body }) });
}

function stored(
  request: ApiRequest,
  context: WriteContext,
  { before, after }: { before: JsonObject; after: JsonObject },
): ApiAnswer {
  const { kind, dryRun } = request;
  refuseOtherObject(request, before, after);
  const status = request.subresource === 'status';
  if (!status) refuseImmutable(kind, before, after);
  const wanted = status
    ? { ...before, status: admitStatus(kind, before, after) }
    : kept(before, admit(kind, after, context));
  if (JSON.stringify(wanted) === JSON.stringify(before)) return { status: 200, body: before };
  const replaced = context.store.replace(kind, wanted, { manager: managerOf(request), dryRun, status });
  if (!dryRun && isReleased(wanted)) context.store.remove(kind, request.namespace, placeOf(before).name);
  return { status: 200, body: replaced };
}

/** Deleted before, and held by its last finalizer until now. A kubelet ends pods. */
const isReleased = (changed: JsonObject): boolean =>
  text(changed, 'metadata', 'deletionTimestamp') !== undefined &&
  list(changed, 'metadata', 'finalizers').length === 0 &&
  text(changed, 'spec', 'nodeName') === undefined;

/** What a client may not change by writing the object itself: its status, and the metadata the server owns. */
function kept(before: JsonObject, after: JsonObject): JsonObject {
  const { status: _ignored, ...rest } = after;
  const was = object(before, 'metadata');
  const owned = ['namespace', 'uid', 'creationTimestamp', 'generation', 'deletionTimestamp', 'managedFields'];
  const meta = Object.fromEntries(owned.flatMap((key) => (key in was ? [[key, was[key] ?? null]] : [])));
  return {
    ...withMeta(rest, { ...meta, resourceVersion: was.resourceVersion ?? '' }),
    ...('status' in before && { status: before.status ?? {} }),
  };
}

function refuseOtherObject({ kind }: ApiRequest, before: JsonObject, after: JsonObject): void {
  const { name } = placeOf(before);
  const given = (key: string) => text(after, 'metadata', key);
  if (given('name') !== name)
    throw badRequest(
      `the name of the object (${given('name') ?? ''}) does not match the name on the URL (${name})`,
    );
  const uid = text(before, 'metadata', 'uid');
  if (given('uid') !== undefined && given('uid') !== uid)
    throw conflict(
      kind,
      name,
      `Precondition failed: UID in precondition: ${given('uid')}, UID in object meta: ${uid}`,
    );
  const expected = given('resourceVersion');
  if (expected && expected !== text(before, 'metadata', 'resourceVersion'))
    throw conflict(
      kind,
      name,
      'the object has been modified; please apply your changes to the latest version and try again',
    );
}

function objectIn({ body, kind, namespace }: ApiRequest): JsonObject {
  if (!isObject(body)) throw badRequest('the object provided is unrecognized: expected a JSON object');
  if (body.kind !== undefined && body.kind !== kind.kind)
    throw badRequest(`${String(body.kind)} in version "${kind.version}" cannot be handled as a ${kind.kind}`);
  if (body.apiVersion !== undefined && body.apiVersion !== apiVersionOf(kind)) {
    throw badRequest(
      `the API version in the data (${String(body.apiVersion)}) does not match the expected API version (${apiVersionOf(kind)})`,
    );
  }
  const said = text(body, 'metadata', 'namespace');
  if (said && said !== namespace)
    throw new ApiFault(
      400,
      'the namespace of the provided object does not match the namespace sent on the request',
    );
  return body;
}
