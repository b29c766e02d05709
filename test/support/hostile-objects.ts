import fc from 'fast-check';
import type { Json, JsonObject } from '../../src/cluster/ports.js';

const REMOVED = Symbol('removed');
export const poisons: readonly (Json | typeof REMOVED)[] = [
  REMOVED,
  null,
  true,
  -1,
  1e308,
  '',
  [],
  {},
  [[[{}]]],
  JSON.parse('{"__proto__": {"data": 1}, "constructor": null, "toString": "x"}') as Json,
  'x'.repeat(200_000),
  '9'.repeat(400),
  '\ud800 lone surrogate',
  '\u202e\u0000\ufeff<!channel> %s $1 \\',
  '2026-99-99T99:99:99Z',
  '{"eni_conf": {"vswitches": ',
  '['.repeat(100_000),
  '{'.repeat(60_000),
  `a: &a [${'*a, '.repeat(50)}]`,
  'mode: ipvs\nmode: iptables\n\tipvs: {',
  '10.0.0.0/99,::/129',
];

export interface Mutation {
  readonly object: number;
  readonly place: number;
  readonly poison: number;
}
export const mutations = fc.array(
  fc.record({ object: fc.nat(), place: fc.nat(), poison: fc.nat(poisons.length - 1) }),
  { minLength: 1, maxLength: 25 },
);

/** Copies, with the fields chosen spoilt. */
export function mutate(objects: readonly JsonObject[], steps: readonly Mutation[]): JsonObject[] {
  const copies = structuredClone(objects) as JsonObject[];
  for (const { object, place, poison } of steps) {
    const target = copies[object % copies.length] as JsonObject;
    const places = placesOf(target);
    const chosen = places[place % places.length];
    const value = poisons[poison];
    if (chosen === undefined) continue;
    if (value === REMOVED) remove(chosen);
    else chosen.holder[chosen.key] = value as Json;
  }
  return copies;
}

function remove({ holder, key }: Place): void {
  if (Array.isArray(holder)) holder.splice(Number(key), 1);
  else delete holder[key];
}

interface Place {
  readonly holder: Record<string, Json>;
  readonly key: string;
}

/** Every field of an object but those that make it be listed at all. */
function placesOf(root: JsonObject): readonly Place[] {
  const places: Place[] = [];
  const walk = (value: Json, depth: number): void => {
    if (value === null || typeof value !== 'object' || depth > 12) return;
    for (const [key, child] of Object.entries(value)) {
      if (depth === 0 && (key === 'kind' || key === 'apiVersion')) continue;
      places.push({ holder: value as Record<string, Json>, key });
      walk(child as Json, depth + 1);
    }
  };
  walk(root, 0);
  return places;
}

/** Everything but what names an object. */
export const husk = ({ apiVersion, kind, metadata }: JsonObject, filling: Json): JsonObject => ({
  apiVersion: apiVersion as Json,
  kind: kind as Json,
  metadata: Object.fromEntries(
    Object.entries(metadata as JsonObject).filter(([key]) => ['name', 'namespace', 'uid'].includes(key)),
  ),
  ...(filling !== null && { data: filling, spec: filling, status: filling }),
});
