import { list, text } from '../../../cluster/fields.js';
import type { JsonObject } from '../../../cluster/ports.js';
import { fieldManagersOf } from '../../../cluster/views/field-managers.js';
import type { Fact } from '../../../proposals/basis.js';
import { canonical, sha256 } from '../digest.js';
import { nameOfManager, OWN } from './writer-name.js';

/** Begins the name of a fact that goes by itself where acknet's own write takes a field from somebody: only a new one counts. */
export const APPLIED = 'applied by ';

/** Who else has an object in hand: what owns it, who deletes it, who writes it again whenever they apply. None = none. */
export function custodyOf(raw: JsonObject): Fact[] {
  const owners = list(raw, 'metadata', 'ownerReferences').map((owner) =>
    fact(`owner ${text(owner, 'kind') ?? ''} ${text(owner, 'name') ?? ''}`, text(owner, 'uid') ?? ''),
  );
  const deleted = text(raw, 'metadata', 'deletionTimestamp');
  const appliers = fieldManagersOf(raw)
    .filter(({ operation, manager }) => operation === 'Apply' && manager !== OWN)
    .map(({ manager }) => fact(`${APPLIED}${nameOfManager(manager)}`, manager));
  return [
    ...owners,
    ...(deleted === undefined ? [] : [fact('metadata.deletionTimestamp, so it is being deleted', deleted)]),
    ...appliers,
  ];
}

const fact = (field: string, value: string): Fact => ({ field, digest: sha256(canonical(value)) });
