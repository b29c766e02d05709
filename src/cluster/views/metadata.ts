import { list, text } from '../fields.js';
import type { JsonObject } from '../ports.js';

/**
 * ISO time of the newest write that the API server recorded; absent on servers (before 1.18) or objects without
 * managedFields. When it was created says nothing about when it was last written.
 */
export function lastWritten(raw: JsonObject): string | undefined {
  const times = list(raw, 'metadata', 'managedFields')
    .filter((entry) => text(entry, 'subresource') === undefined)
    .map((entry) => text(entry, 'time'))
    .filter((time) => time !== undefined);
  return times.sort().at(-1);
}

export const nameOf = (raw: JsonObject): string => text(raw, 'metadata', 'name') ?? '';
export const namespaceOf = (raw: JsonObject): string => text(raw, 'metadata', 'namespace') ?? '';
