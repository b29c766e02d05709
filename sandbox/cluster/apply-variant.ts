import { isObject, list, text } from '../../src/cluster/fields.js';
import type { Json, JsonObject } from '../../src/cluster/ports.js';
import { mergeNamed } from './merge-named.js';
import type { Variant } from './scenario-schema/variant-schema.js';

/** Lists of a scenario whose entries a variant finds by name. */
const NAMED = ['pools', 'daemonSets', 'workloads', 'services', 'configMaps'] as const;
type Named = (typeof NAMED)[number];

/** The scenario with a variant's changes: `set`, then `remove`, then those by name, then `add`. Throws for a name that is not there, or is there already. */
export function applyVariant(base: JsonObject, variant: Variant): JsonObject {
  const scenario: Record<string, Json> = { ...base, title: variant.title, ...variant.set };
  for (const key of NAMED) {
    const kept = without(named(scenario, key), variant.remove[key], key);
    scenario[key] = changed(kept, variant[key], key);
  }
  for (const [key, entries] of Object.entries(variant.add)) {
    for (const entry of entries) refuseTwin(entry, list(scenario, key), key);
    scenario[key] = [...list(scenario, key), ...entries];
  }
  return scenario;
}

const named = (scenario: JsonObject, key: Named): readonly JsonObject[] =>
  list(scenario, key).filter(isObject);
const nameOf = (entry: Json): string | undefined => text(entry, 'name') ?? text(entry, 'id');

function without(
  entries: readonly JsonObject[],
  names: readonly string[],
  key: Named,
): readonly JsonObject[] {
  const missing = names.find((name) => !entries.some((entry) => nameOf(entry) === name));
  if (missing !== undefined) throw new TypeError(`remove.${key}: there is no ${missing}`);
  return entries.filter((entry) => !names.includes(nameOf(entry) ?? ''));
}

function changed(
  entries: readonly JsonObject[],
  patches: readonly JsonObject[],
  key: Named,
): readonly JsonObject[] {
  const lost = patches.find((patch) => !entries.some((entry) => nameOf(entry) === patch.name));
  if (lost !== undefined) throw new TypeError(`${key}: there is no ${String(lost.name)}`);
  return entries.map((entry) =>
    patches
      .filter(({ name }) => name === nameOf(entry))
      .reduce((before, patch) => patched(before, patch, key), entry),
  );
}

function patched(entry: JsonObject, { json, ...patch }: JsonObject, key: Named): JsonObject {
  const merged = mergeNamed(entry, patch);
  if (key !== 'configMaps' || !isObject(json)) return merged;
  const data = Object.entries(json).map(([name, change]) => [
    name,
    editedJson(merged, name, change as JsonObject),
  ]);
  return mergeNamed(merged, { data: Object.fromEntries(data) });
}

function editedJson(configMap: JsonObject, key: string, change: JsonObject): string {
  const source = text(configMap, 'data', key);
  const where = `configMaps.${nameOf(configMap)}.json: `;
  if (source === undefined) throw new TypeError(`${where}there is no ${key}`);
  const document = parsed(source);
  if (!isObject(document)) throw new TypeError(`${where}${key} is no JSON object`);
  return JSON.stringify(mergeNamed(document, change), null, 2);
}

function parsed(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch {
    return undefined;
  }
}

function refuseTwin(entry: Json, entries: readonly Json[], key: string): void {
  const name = nameOf(entry);
  if (name !== undefined && entries.some((other) => nameOf(other) === name))
    throw new TypeError(`add.${key}: ${name} is there already`);
}
