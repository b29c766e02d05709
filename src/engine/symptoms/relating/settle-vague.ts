import { listed } from '../../../checks/listed.js';
import { count } from '../../../texts/count.js';
import type { CheckResult, RunSymptom } from '../../checking/check-run.js';
import { findingKey } from '../../checking/finding-key.js';

type KeptFinding = CheckResult['findings'][number];

/** Findings that sort what waits without naming a cause. Where another finding accounts for all of it, they say so instead. */
const vague: ReadonlySet<string> = new Set([
  'pods-stuck-creating.noAddress',
  'pods-stuck-creating.flannelNoAddress',
  'pods-stuck-creating.other',
  'pods-stuck-creating.pluginFails',
]);

/** The results, without a finding that calls unknown what another one of the same run explains. */
export function settleVague(
  results: readonly CheckResult[],
  symptoms: readonly RunSymptom[],
): readonly CheckResult[] {
  if (!results.some(({ findings }) => findings.some(({ id }) => vague.has(id)))) return results;
  const idOf = new Map(results.flatMap(({ findings }) => findings).map((one) => [findingKey(one), one.id]));
  return results.map((result) => ({
    ...result,
    findings: result.findings.map((finding) =>
      vague.has(finding.id) ? settled(finding, { symptoms, idOf }) : finding,
    ),
  }));
}

interface Known {
  readonly symptoms: readonly RunSymptom[];
  /** Ids of all findings, by their keys. */
  readonly idOf: ReadonlyMap<string, string>;
}

function settled(finding: KeptFinding, known: Known): KeptFinding {
  const pods = finding.explains?.pods ?? [];
  const causes = pods.map((pod) => causeOf(pod, finding, known));
  if (pods.length === 0 || causes.includes(undefined)) return finding;
  const ids = [...new Set(causes.flatMap((cause) => cause ?? []))];
  const waiting = count(pods.length, 'pod waits', 'pods wait');
  return {
    ...finding,
    message: `${waiting} to be created, which ${listed(ids)} accounts for: ${listed(pods)}.`,
    intent: undefined,
  };
}

/** Id of the other finding that accounts for a pod; undefined = none does. */
function causeOf(pod: string, finding: KeptFinding, { symptoms, idOf }: Known): string | undefined {
  const own = symptoms.find(
    ({ kind, about }) => kind === 'pod-waiting' && `${about.namespace}/${about.name}` === pod,
  );
  return own?.by === undefined || own.by === findingKey(finding) ? undefined : idOf.get(own.by);
}
