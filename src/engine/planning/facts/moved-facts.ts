import { labelOf } from '../../../cluster/object-label.js';
import type { Basis, Fact } from '../../../proposals/basis.js';

/** What differs between two readings, in words: `ConfigMap kube-system/x, data["k"]`. `own` = fields not to compare. */
export function movedFacts(
  then: Basis[number],
  now: readonly Fact[],
  own: readonly string[] = [],
): readonly string[] {
  const label = labelOf(then.about);
  if (now.length === 0) return then.facts.length === 0 ? [] : [`${label} (deleted)`];
  const [before, after] = [byField(then.facts), byField(now)];
  if (before.get('uid')?.digest !== after.get('uid')?.digest)
    return [`${label} (deleted and made anew: it is another object)`];
  const fields = [...new Set([...before.keys(), ...after.keys()])].filter((field) => !own.includes(field));
  const moved = fields.filter((field) => before.get(field)?.digest !== after.get(field)?.digest);
  return moved
    .filter((field) => field !== 'spec.template' || !moved.some((other) => other.startsWith('image of ')))
    .map((field) => `${label}, ${field}${shownMove(before.get(field), after.get(field))}`);
}

const byField = (facts: readonly Fact[]): ReadonlyMap<string, Fact> =>
  new Map(facts.map((fact) => [fact.field, fact]));

function shownMove(before: Fact | undefined, after: Fact | undefined): string {
  if (before === undefined) return ' (new)';
  if (after === undefined) return ' (removed)';
  return before.shown === undefined || after.shown === undefined ? '' : ` (${before.shown} → ${after.shown})`;
}
