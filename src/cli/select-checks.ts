import { distance } from 'fastest-levenshtein';
import type { Check } from '../checks/define-check.js';
import { checks } from '../checks/index.js';
import { AcknetError } from '../errors.js';

/** No ids = the whole catalogue. An unknown id is refused with the nearest known one. */
export function selectChecks(ids: readonly string[], catalogue: readonly Check[] = checks): readonly Check[] {
  if (ids.length === 0) return catalogue;
  return ids.map((id) => {
    const found = catalogue.find((check) => check.id === id);
    if (found === undefined) throw unknownCheck(id, catalogue);
    return found;
  });
}

function unknownCheck(id: string, catalogue: readonly Check[]): AcknetError {
  const known = catalogue.map((check) => check.id);
  const nearest = [...known].sort((a, b) => distance(a, id) - distance(b, id))[0];
  return new AcknetError('usage.invalid', `No check is called "${id}".`, {
    hint: `Did you mean ${nearest}? Known: ${known.join(', ')}.`,
  });
}
