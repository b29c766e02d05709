import { list, text } from '../../../../src/cluster/fields.js';
import type { JsonObject } from '../../../../src/cluster/ports.js';

/** Objects by the uids of those they name as owners, in the order given. */
export function byOwner(objects: readonly JsonObject[]): ReadonlyMap<string, readonly JsonObject[]> {
  const found = new Map<string, JsonObject[]>();
  for (const object of objects)
    for (const uid of new Set(list(object, 'metadata', 'ownerReferences').map((entry) => text(entry, 'uid'))))
      if (uid !== undefined) found.set(uid, [...(found.get(uid) ?? []), object]);
  return found;
}
