import { list, text } from '../fields.js';
import type { JsonObject } from '../ports.js';

/** ISO time of the newest write that the API server recorded; absent on servers or objects without managedFields. */
export function lastWritten(raw: JsonObject): string | undefined {
  const times = list(raw, 'metadata', 'managedFields')
    .filter((entry) => text(entry, 'subresource') === undefined)
    .map((entry) => text(entry, 'time'))
    .filter((time) => time !== undefined);
  return times.sort().at(-1) ?? text(raw, 'metadata', 'creationTimestamp');
}

export const nameOf = (raw: JsonObject): string => text(raw, 'metadata', 'name') ?? '';
export const namespaceOf = (raw: JsonObject): string => text(raw, 'metadata', 'namespace') ?? '';
