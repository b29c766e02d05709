import { maskAll } from '../../../masking/mask.js';
import type { CheckResult } from '../../checking/check-run.js';
import { findingKey } from '../../checking/finding-key.js';
import type { Explained } from './relate.js';

/** The results, in which whatever accounts for a component that is down shows what else its node says of it. */
export function tellFurther(
  results: readonly CheckResult[],
  related: readonly Explained[],
): readonly CheckResult[] {
  const more = related.filter(
    ({ symptom, by }) => symptom.kind === 'component-down' && by !== undefined && symptom.further?.length,
  );
  if (more.length === 0) return results;
  return results.map((result) => ({
    ...result,
    findings: result.findings.map((finding) => {
      const own = more.filter(({ by }) => by !== undefined && findingKey(by) === findingKey(finding));
      const further = new Map(
        own.flatMap(({ symptom }) => symptom.further ?? []).map((entry) => [entry.where, entry]),
      );
      return { ...finding, evidence: [...finding.evidence, ...maskAll([...further.values()])] };
    }),
  }));
}
