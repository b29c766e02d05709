import type { JsonObject } from '../../../src/cluster/ports.js';

/** Uids and names of the scenario -> those that the server, or a controller there, gave. */
export type Renames = Map<string, string>;

/** References by uid and by name, as the server knows them. */
export const renamed = (entry: JsonObject, renames: Renames): JsonObject =>
  JSON.parse(
    JSON.stringify(entry, (_key, value: unknown) =>
      typeof value === 'string' ? (renames.get(value) ?? value) : value,
    ),
  ) as JsonObject;
