import jsonPatch from 'fast-json-patch';
import { isObject } from '../../cluster/fields.js';
import type { Json, JsonObject } from '../../cluster/ports.js';
import { ApiFault, badRequest } from './api-fault.js';

/** Applies one of the patch formats the API server takes; `before` is left as it is. */
export function applyPatch(before: JsonObject, contentType: string, patch: unknown): JsonObject {
  const type = contentType.split(';')[0]?.trim();
  switch (type) {
    case 'application/json-patch+json':
      return jsonPatched(before, patch);
    case 'application/merge-patch+json':
      return merged(before, patch) as JsonObject;
    case 'application/strategic-merge-patch+json':
      return strategic(before, patch, []) as JsonObject;
    default:
      throw new ApiFault(415, unsupported(type), { details: {} });
  }
}

const unsupported = (type: string | undefined): string =>
  `the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/strategic-merge-patch+json${
    type === 'application/apply-patch+yaml' ? ' (server-side apply is not simulated)' : ''
  }`;

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

/** Keys by which lists of objects merge, for the paths that this simulator is asked to patch. */
const mergeKeys: Readonly<Record<string, string>> = {
  'spec.taints': 'key',
  'status.conditions': 'type',
  'status.addresses': 'type',
  'spec.containers': 'name',
  'spec.template.spec.containers': 'name',
  'spec.ports': 'port',
};

function strategic(before: unknown, patch: unknown, path: readonly string[]): Json {
  if (Array.isArray(patch)) return mergedList(before, patch, path);
  if (!isObject(patch)) return patch as Json;
  const base = isObject(before) ? before : {};
  const kept = Object.entries(base).filter(([key]) => patch[key] !== null);
  const changed = Object.entries(patch)
    .filter(([key, value]) => value !== null && !key.startsWith('$'))
    .map(([key, value]) => [key, strategic(base[key], value, [...path, key])]);
  return Object.fromEntries([...kept, ...changed]) as Json;
}

function mergedList(before: unknown, patch: readonly unknown[], path: readonly string[]): Json {
  const key = mergeKeys[path.join('.')];
  if (key === undefined || !Array.isArray(before)) return patch as Json;
  const touched = new Map(patch.filter(isObject).map((item) => [String(item[key]), item]));
  const kept = before
    .filter(isObject)
    .filter((item) => touched.get(String(item[key]))?.$patch !== 'delete')
    .map((item) => strategic(item, touched.get(String(item[key])) ?? {}, path));
  const known = new Set(before.filter(isObject).map((item) => String(item[key])));
  return [...kept, ...[...touched.values()].filter((item) => !known.has(String(item[key])))] as Json;
}
