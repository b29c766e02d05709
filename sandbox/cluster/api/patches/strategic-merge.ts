import { isObject } from '../../../../src/cluster/fields.js';
import type { Json, JsonObject } from '../../../../src/cluster/ports.js';

/** Lists of objects that merge by a key, by the last two names of their path; every other list is replaced. */
const mergeKeys: readonly (readonly [RegExp, string])[] = [
  [/^status\.(conditions|addresses)$/, 'type'],
  [/(^|\.)(containers|initContainers|volumes|env|imagePullSecrets)$/, 'name'],
  [/(^|\.)containers\.ports$/, 'containerPort'],
  [/^spec\.ports$/, 'port'],
  [/(^|\.)volumeMounts$/, 'mountPath'],
  [/(^|\.)hostAliases$/, 'ip'],
  [/^metadata\.ownerReferences$/, 'uid'],
];

/** Lists of plain values that grow instead of being replaced. */
const mergedSets = /^(metadata\.finalizers|spec\.podCIDRs)$/;

/** Strategic merge patch with its directives `$patch` and `$deleteFromPrimitiveList`; others are left out. */
export function strategicMerge(before: unknown, patch: unknown, path = ''): Json {
  if (Array.isArray(patch)) return mergedList(before, patch, path);
  if (!isObject(patch)) return patch as Json;
  if (patch.$patch === 'replace') return withoutDirectives(patch);
  const base = isObject(before) ? before : {};
  const result: Record<string, Json> = {};
  for (const [key, value] of Object.entries(base)) if (patch[key] !== null) result[key] = value;
  for (const [key, value] of Object.entries(withoutDirectives(patch)))
    if (value !== null) result[key] = strategicMerge(base[key], value, path === '' ? key : `${path}.${key}`);
  return withDeletions(result, patch);
}

const withoutDirectives = (patch: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(patch).filter(([key]) => !key.startsWith('$')));

function withDeletions(result: Readonly<Record<string, Json>>, patch: JsonObject): JsonObject {
  const marker = '$deleteFromPrimitiveList/';
  const left = { ...result };
  for (const [directive, gone] of Object.entries(patch)) {
    if (!directive.startsWith(marker) || !Array.isArray(gone)) continue;
    const key = directive.slice(marker.length);
    const held = left[key];
    if (Array.isArray(held)) left[key] = held.filter((entry) => !gone.includes(entry));
  }
  return left;
}

function mergedList(before: unknown, patch: readonly unknown[], path: string): Json {
  if (mergedSets.test(path) && Array.isArray(before)) return [...new Set([...before, ...patch])] as Json;
  const key = mergeKeys.find(([pattern]) => pattern.test(path))?.[1];
  if (key === undefined || !Array.isArray(before)) return patch.map(plain) as Json;
  const touched = new Map(patch.filter(isObject).map((item) => [String(item[key]), item]));
  const held = before.filter(isObject);
  const kept = held
    .filter((item) => touched.get(String(item[key]))?.$patch !== 'delete')
    .map((item) => strategicMerge(item, touched.get(String(item[key])) ?? {}, path));
  const known = new Set(held.map((item) => String(item[key])));
  const added = [...touched].filter(([id, item]) => !known.has(id) && item.$patch !== 'delete');
  return [...kept, ...added.map(([, item]) => plain(item))] as Json;
}

const plain = (item: unknown): unknown => (isObject(item) ? withoutDirectives(item) : item);
