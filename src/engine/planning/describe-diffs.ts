import { createTwoFilesPatch } from 'diff';
import { labelOf } from '../../cluster/object-label.js';
import type { Json } from '../../cluster/ports.js';
import { maskPair } from '../../masking/mask.js';
import type { Proposal } from '../../proposals/proposal.js';
import type { Change } from '../../remediations/define-remediation.js';

type Diffs = Proposal['diffs'];

/** One unified diff per changed object, its secrets masked: where one changes, that it does is shown. */
export function describeDiffs(changes: readonly Change[]): Diffs {
  const byObject = new Map<string, { before: string[]; after: string[] }>();
  const documents: Diffs = [];
  for (const change of changes) {
    if (change.verb === 'edit-document') documents.push(documentDiff(change));
    const [before, after] = fieldLines(change);
    if (before === undefined && after === undefined) continue;
    const label = labelOf(change.about);
    const entry = byObject.get(label) ?? { before: [], after: [] };
    if (before !== undefined) entry.before.push(before);
    if (after !== undefined) entry.after.push(after);
    byObject.set(label, entry);
  }
  const fields = [...byObject].map(([title, { before, after }]) => ({
    title,
    diff: unified(title, asText(before), asText(after)),
  }));
  return [...documents, ...fields];
}

function documentDiff(change: Extract<Change, { verb: 'edit-document' }>): Diffs[number] {
  const title = `${labelOf(change.about)}, data["${change.key}"]`;
  const { before, after } = maskPair(change.from, change.to);
  return { title, diff: unified(title, before, after) };
}

function fieldLines(change: Change): [string | undefined, string | undefined] {
  if (change.verb === 'cordon')
    return [`spec.unschedulable: ${change.from}`, `spec.unschedulable: ${change.to}`];
  if (change.verb !== 'set') return [undefined, undefined];
  const line = (value: Json): string =>
    value === null ? '' : `${change.path.join('.')}: ${JSON.stringify(value)}`;
  const { before, after } = maskPair(line(change.from), line(change.to));
  return [before === '' ? undefined : before, after === '' ? undefined : after];
}

const asText = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');

/** Without the `Index:` and `====` lines that the library puts first. */
function unified(title: string, before: string, after: string): string {
  const patch = createTwoFilesPatch(title, title, before, after, 'now', 'after', { context: 3 });
  return patch.slice(Math.max(patch.indexOf('--- '), 0)).trimEnd();
}
