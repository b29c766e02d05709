import { groupBy } from '../../../../src/checks/group-by.js';
import { list, text } from '../../../../src/cluster/fields.js';
import type { JsonObject } from '../../../../src/cluster/ports.js';

interface Owned {
  /** Of who owns it; an object with several owners is there for each. */
  readonly owner: string;
  readonly object: JsonObject;
}

/** Objects by the uids of those they name as owners, in the order given. */
export const byOwner = (objects: readonly JsonObject[]): ReadonlyMap<string, readonly Owned[]> =>
  groupBy(
    objects.flatMap((object) => ownersOf(object).map((owner) => ({ owner, object }))),
    ({ owner }) => owner,
  );

const ownersOf = (object: JsonObject): readonly string[] => [
  ...new Set(list(object, 'metadata', 'ownerReferences').flatMap((entry) => text(entry, 'uid') ?? [])),
];
