import type { CheckRun, RunSymptom } from '../../src/engine/checking/check-run.js';

type RunFinding = CheckRun['checks'][number]['findings'][number];

const nameOf = ({ about }: Pick<RunSymptom, 'about'>): string =>
  about.namespace === undefined ? about.name : `${about.namespace}/${about.name}`;

/** Problems of a run that say they account for a symptom; by other rules than the product's: what the result tells a reader. */
export const claimsOf = ({ checks }: Pick<CheckRun, 'checks'>, symptom: RunSymptom): readonly RunFinding[] =>
  checks
    .flatMap(({ findings }) => findings)
    .filter(({ severity, explains }) => {
      if (severity !== 'problem' || explains === undefined) return false;
      if (!explains.kinds.includes(symptom.kind)) return false;
      if (explains.yields?.includes(`${symptom.kind} ${nameOf(symptom)}`)) return false;
      const onNode = explains.nodes?.includes(symptom.node ?? '') ?? false;
      return onNode || (explains.pods?.includes(nameOf(symptom)) ?? false);
    });

/** Symptoms that two findings claim with different advice, each with the two. */
export const contradictionsIn = (run: Pick<CheckRun, 'checks' | 'symptoms'>): readonly string[] =>
  (run.symptoms ?? []).flatMap((symptom) => {
    // A component is claimed by its workload, which a run does not tell (relate.test.ts holds those).
    if (symptom.kind === 'component-down') return [];
    const claims = claimsOf(run, symptom).filter(({ explains }) => explains?.mends !== undefined);
    const parts = new Set(claims.map(({ explains }) => explains?.mends));
    return parts.size > 1
      ? [
          `${symptom.kind} ${nameOf(symptom)}: ${claims.map(({ id, explains }) => `${id} (${explains?.mends})`).join(', ')}`,
        ]
      : [];
  });
