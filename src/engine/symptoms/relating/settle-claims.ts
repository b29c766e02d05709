import { listed } from '../../../checks/listed.js';
import { findingLine } from '../../../texts/findings/finding-line.js';
import { nearerCause, otherCause } from '../../../texts/findings/nearer-cause.js';
import type { CheckResult } from '../../checking/check-run.js';
import type { Explained } from './relate.js';
import { symptomKey, symptomName } from '../symptom.js';

type KeptFinding = CheckResult['findings'][number];

/**
 * The results, in which a finding leaves what a nearer cause accounts for to that one where their advice differs, and says
 * so: two pieces of advice about one symptom are one too many.
 */
export function settleClaims(
  results: readonly CheckResult[],
  related: readonly Explained[],
): readonly CheckResult[] {
  const torn = related.filter(({ yielding }) => yielding.length > 0);
  if (torn.length === 0) return results;
  return results.map((result) => ({
    ...result,
    findings: result.findings.map((finding) =>
      yielded(
        finding,
        torn.filter(({ yielding }) => yielding.some((other) => other === finding)),
        new Set(related.filter(({ by }) => by === finding).flatMap(({ symptom }) => symptom.node ?? [])),
      ),
    ),
  }));
}

/** `kept` = nodes on which something else is its own: there it is no further cause, and yields that one object. */
function yielded(finding: KeptFinding, lost: readonly Explained[], kept: ReadonlySet<string>): KeptFinding {
  if (finding.explains === undefined || lost.length === 0) return finding;
  // A warning goes to whom it is about: that it is left to that one is nothing to tell.
  const told = lost.filter(({ symptom }) => symptom.kind !== 'warning');
  const beside = told.filter(({ symptom }) => kept.has(symptom.node ?? ''));
  const sentences = [
    sentenceOf(
      told.filter((entry) => !beside.includes(entry)),
      nearerCause,
    ),
    sentenceOf(beside, otherCause),
  ];
  return {
    ...finding,
    message: [finding.message, ...sentences].filter(Boolean).join(' '),
    explains: { ...finding.explains, yields: lost.map(({ symptom }) => symptomKey(symptom)) },
  };
}

/** Empty = there is nothing to tell. */
function sentenceOf(lost: readonly Explained[], say: typeof nearerCause): string {
  if (lost.length === 0) return '';
  const byName = say === otherCause;
  const objects = lost.map(({ symptom }) => (byName ? undefined : symptom.node) ?? symptomName(symptom));
  const causes = new Set(lost.flatMap(({ by }) => (by === undefined ? [] : findingLine(by))));
  return say(listed([...new Set(objects)]), [...causes]);
}
