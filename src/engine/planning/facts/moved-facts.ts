import { labelOf } from '../../../cluster/object-label.js';
import type { Basis, Fact } from '../../../proposals/basis.js';
import { APPLIED } from './custody.js';
import type { Moved } from './moved.js';

/** What differs between two readings, in words too: `ConfigMap kube-system/x, data["k"]`. `own` = fields not to compare. */
export function movedFacts(
  { about, facts }: Basis[number],
  now: readonly Fact[],
  own: readonly string[] = [],
): readonly Moved[] {
  const label = labelOf(about);
  if (now.length === 0) return facts.length === 0 ? [] : [{ about, words: `${label} (deleted)` }];
  const [before, after] = [byField(facts), byField(now)];
  if (before.get('uid')?.digest !== after.get('uid')?.digest)
    return [{ about, words: `${label} (deleted and made anew: it is another object)` }];
  const fields = [...new Set([...before.keys(), ...after.keys()])].filter((field) => !own.includes(field));
  const moved = fields.filter((field) => before.get(field)?.digest !== after.get(field)?.digest);
  return moved
    .filter((field) => after.has(field) || !field.startsWith(APPLIED))
    .filter((field) => field !== 'spec.template' || !moved.some((other) => other.startsWith('image of ')))
    .map((field) => ({
      about,
      path: pathOfFact(field),
      words: `${label}, ${field}${shownMove(before.get(field), after.get(field))}`,
    }));
}

/** Where in the object a fact was read; see `factsOf` and `hostFacts` for how facts are called. */
function pathOfFact(field: string): readonly string[] | undefined {
  const [, root = '', key = ''] = /^(\w+)\["(.*)"\]$/s.exec(field) ?? [];
  if (root === 'data' || root === 'binaryData') return [root, key];
  if (root === 'labels') return ['metadata', 'labels', key];
  if (root === 'taints') return ['spec', 'taints'];
  if (field === 'labels') return ['metadata', 'labels'];
  if (field.startsWith('image of ')) return ['spec', 'template'];
  return field.startsWith('spec.') ? field.split('.') : undefined;
}

const byField = (facts: readonly Fact[]): ReadonlyMap<string, Fact> =>
  new Map(facts.map((fact) => [fact.field, fact]));

function shownMove(before: Fact | undefined, after: Fact | undefined): string {
  if (before === undefined) return ' (new)';
  if (after === undefined) return ' (removed)';
  return before.shown === undefined || after.shown === undefined ? '' : ` (${before.shown} → ${after.shown})`;
}
