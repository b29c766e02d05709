import type { Json, JsonObject } from './ports.js';

/** Safe narrowing of JSON from outside: whatever is missing or of another type reads as absent, and nothing throws. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function at(value: unknown, ...path: readonly (string | number)[]): Json | undefined {
  let current: unknown = value;
  // A loop by number: each object of a large cluster is asked for some dozen fields.
  for (let step = 0; step < path.length; step += 1) {
    const key = path[step] as string | number;
    if (Array.isArray(current) && typeof key === 'number') current = current[key];
    else if (isObject(current) && typeof key === 'string' && Object.hasOwn(current, key))
      current = current[key];
    else return undefined;
  }
  return current as Json | undefined;
}

export function text(value: unknown, ...path: readonly (string | number)[]): string | undefined {
  const found = at(value, ...path);
  return typeof found === 'string' ? found : undefined;
}

export function number(value: unknown, ...path: readonly (string | number)[]): number | undefined {
  const found = at(value, ...path);
  return typeof found === 'number' && Number.isFinite(found) ? found : undefined;
}

export function flag(value: unknown, ...path: readonly (string | number)[]): boolean | undefined {
  const found = at(value, ...path);
  return typeof found === 'boolean' ? found : undefined;
}

export function object<Entry>(value: { readonly [key: string]: Entry } | null | undefined): {
  readonly [key: string]: Entry;
};
export function object(value: unknown, ...path: readonly (string | number)[]): JsonObject;
export function object(value: unknown, ...path: readonly (string | number)[]): JsonObject {
  const found = at(value, ...path);
  return isObject(found) ? found : {};
}

/** Entries keep the type they are said to have, and may be of any. */
export function list<Item>(value: readonly Item[] | null | undefined): readonly (Item | null | undefined)[];
export function list(value: unknown, ...path: readonly (string | number)[]): readonly Json[];
export function list(value: unknown, ...path: readonly (string | number)[]): readonly unknown[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : [];
}

/** Only the entries whose value is a text. */
export function texts(
  value: unknown,
  ...path: readonly (string | number)[]
): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const [key, entry] of Object.entries(object(value, ...path)))
    if (typeof entry === 'string') found[key] = entry;
  return found;
}

export function strings(value: unknown, ...path: readonly (string | number)[]): readonly string[] {
  return list(value, ...path).filter((item): item is string => typeof item === 'string');
}
