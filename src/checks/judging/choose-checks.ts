import { AcknetError } from '../../errors.js';
import { nearestName } from '../../nearest-name.js';
import type { Check } from './define-check.js';

const byId = (catalogue: readonly Check[], id: string): Check | undefined =>
  catalogue.find((check) => check.id === id);

export const isCheckId = (catalogue: readonly Check[], id: string): boolean =>
  byId(catalogue, id) !== undefined;

/** The checks that these ids name, each once; no ids = the whole catalogue. Throws `usage.invalid` for an id that is none. */
export function chooseChecks(catalogue: readonly Check[], ids: readonly string[]): readonly Check[] {
  if (ids.length === 0) return catalogue;
  return [...new Set(ids)].map((id) => {
    const check = byId(catalogue, id);
    if (check === undefined) throw unknownCheck(catalogue, id);
    return check;
  });
}

function unknownCheck(catalogue: readonly Check[], id: string): AcknetError {
  const near = nearestName(
    id,
    catalogue.map((check) => check.id),
  );
  const meant = near === undefined ? '' : `Did you mean ${near}? `;
  return new AcknetError('usage.invalid', `There is no check "${id}".`, {
    hint: `${meant}/acknet checks lists them all.`,
  });
}
