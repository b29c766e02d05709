import jsonPatch from 'fast-json-patch';
import { isObject } from '../../../../src/cluster/fields.js';
import type { Json, JsonObject } from '../../../../src/cluster/ports.js';
import { ApiFault, badRequest } from '../api-fault.js';
import type { Kind } from '../objects/kinds.js';
import { strategicMerge } from './strategic-merge.js';

/** Applies one of the patch formats the API server takes; `before` is left as it is. */
export function applyPatch(
  before: JsonObject,
  { contentType, patch }: { contentType: string; patch: unknown },
): JsonObject {
  const type = typeOf(contentType);
  if (type === 'application/json-patch+json') return jsonPatched(before, patch);
  if (!isObject(patch)) throw badRequest('error decoding patch: json: cannot unmarshal into a map');
  if (type === 'application/merge-patch+json') return merged(before, patch) as JsonObject;
  return strategicMerge(before, patch) as JsonObject;
}

const typeOf = (contentType: string): string => (contentType.split(';')[0] ?? '').trim();

/** Refuses what is not taken before the object is looked for: server-side apply would create one. */
export function refusePatchType(contentType: string, kind: Kind): void {
  const taken = [
    'application/json-patch+json',
    'application/merge-patch+json',
    ...(kind.crd ? [] : ['application/strategic-merge-patch+json']),
  ];
  const type = typeOf(contentType);
  if (taken.includes(type)) return;
  const apply =
    type === 'application/apply-patch+yaml' ? ' (the sandbox does not simulate server-side apply)' : '';
  throw new ApiFault(
    415,
    `the body of the request was in an unknown format - accepted media types include: ${taken.join(', ')}${apply}`,
    { details: {} },
  );
}

function jsonPatched(before: JsonObject, patch: unknown): JsonObject {
  if (!Array.isArray(patch))
    throw badRequest(
      'error decoding patch: json: cannot unmarshal object into Go value of type jsonpatch.Patch',
    );
  try {
    const result = jsonPatch.applyPatch(structuredClone(before) as object, structuredClone(patch), true);
    return result.newDocument as JsonObject;
  } catch {
    // What kube-apiserver answers to a failed test or a path that is not there.
    throw new ApiFault(422, 'the server rejected our request due to an error in our request', {
      details: {},
    });
  }
}

function merged(before: unknown, patch: unknown): Json {
  if (!isObject(patch)) return patch as Json;
  const base = isObject(before) ? before : {};
  const kept = Object.entries(base).filter(([key]) => patch[key] !== null);
  const changed = Object.entries(patch)
    .filter(([, value]) => value !== null)
    .map(([key, value]) => [key, merged(base[key], value)]);
  return Object.fromEntries([...kept, ...changed]) as Json;
}
