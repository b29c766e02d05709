import { isObject, text } from '../../src/cluster/fields.js';
import type { Json, JsonObject } from '../../src/cluster/ports.js';

/** A merge patch (null removes, what is not an object replaces), in which lists of named things are merged by name. */
export function mergeNamed(before: JsonObject, patch: JsonObject): JsonObject {
  const kept = Object.entries(before).filter(([key]) => patch[key] !== null);
  const changed = Object.entries(patch)
    .filter(([, value]) => value !== null)
    .map(([key, value]) => [key, merged(before[key], value as Json)]);
  return Object.fromEntries([...kept, ...changed]) as JsonObject;
}

function merged(before: Json | undefined, patch: Json): Json {
  if (isObject(patch)) return mergeNamed(isObject(before) ? before : {}, patch);
  if (!isNamedList(before) || !isNamedList(patch)) return patch;
  const known = new Set(before.map(nameOf));
  return [
    ...before.map((entry) => mergeNamed(entry, patch.find((other) => nameOf(other) === nameOf(entry)) ?? {})),
    ...patch.filter((entry) => !known.has(nameOf(entry))),
  ];
}

const nameOf = (entry: JsonObject): string | undefined => text(entry, 'name');

const isNamedList = (value: unknown): value is readonly JsonObject[] =>
  Array.isArray(value) && value.every((entry) => isObject(entry) && nameOf(entry) !== undefined);
