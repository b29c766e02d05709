import { isObject, list, object, text } from '../fields.js';
import type { JsonObject } from '../ports.js';

/** Who wrote which fields of an object, as the API server recorded it. */
export interface FieldManager {
  /** At most 128 characters. */
  readonly manager: string;
  /** `Apply` = server-side apply: it writes its fields again whenever it applies. */
  readonly operation: 'Apply' | 'Update';
  /** ISO time of its newest write. */
  readonly time?: string | undefined;
  /** `fieldsV1`, as it stands. */
  readonly fields: JsonObject;
}

const LONGEST_NAME = 128;

/** Of the object itself, not of its status. */
export const fieldManagersOf = (raw: JsonObject): readonly FieldManager[] =>
  list(raw, 'metadata', 'managedFields')
    .filter((entry) => text(entry, 'subresource') === undefined)
    .map((entry) => ({
      manager: (text(entry, 'manager') ?? '').slice(0, LONGEST_NAME),
      operation: text(entry, 'operation') === 'Apply' ? 'Apply' : 'Update',
      time: text(entry, 'time'),
      fields: object(entry, 'fieldsV1'),
    }));

/** Whether it owns the field at a path, or something in it. */
export function ownsField({ fields }: FieldManager, path: readonly string[]): boolean {
  let held = fields;
  for (const name of path) {
    const next = held[`f:${name}`];
    if (!isObject(next)) return false;
    // A leaf covers all below it: the server takes such a map or list as one.
    if (Object.keys(next).length === 0) return true;
    held = next;
  }
  return true;
}
