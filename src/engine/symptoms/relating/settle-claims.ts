import { listed } from '../../../checks/listed.js';
import { findingLine } from '../../../texts/findings/finding-line.js';
import { nearerCause } from '../../../texts/findings/nearer-cause.js';
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
      ),
    ),
  }));
}

function yielded(finding: KeptFinding, lost: readonly Explained[]): KeptFinding {
  if (finding.explains === undefined || lost.length === 0) return finding;
  // A warning goes to whom it is about: that it is left to that one is nothing to tell.
  const told = lost.filter(({ symptom }) => symptom.kind !== 'warning');
  const objects = new Set(told.map(({ symptom }) => symptom.node ?? symptomName(symptom)));
  const causes = new Set(told.flatMap(({ by }) => (by === undefined ? [] : findingLine(by))));
  return {
    ...finding,
    message:
      told.length === 0
        ? finding.message
        : `${finding.message} ${nearerCause(listed([...objects]), [...causes])}`,
    explains: { ...finding.explains, yields: lost.map(({ symptom }) => symptomKey(symptom)) },
  };
}
