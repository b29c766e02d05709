import { labelOf } from '../../../cluster/object-label.js';
import type { ObjectRef } from '../../../cluster/ports.js';
import type { CheckResult } from '../../../engine/checking/check-run.js';
import type { RunStore } from '../../../jobs/check/create-run-store.js';
import type { Remediation } from '../../../remediations/define-remediation.js';
import type { decodeValue } from '../../kit/action-values.js';
import { readTarget } from './target-text.js';

export type StartValue = NonNullable<ReturnType<typeof decodeValue<'fix'>>>;

/** A fix that somebody wants and that must be told more. */
export interface Start {
  readonly cluster: string;
  readonly remediation: Remediation;
  readonly given: Readonly<Record<string, string>>;
  readonly target?: ObjectRef | undefined;
  readonly finding?: CheckResult['findings'][number] | undefined;
}

interface StartPorts {
  readonly runs: Pick<RunStore, 'get'>;
  readonly remediations: readonly Remediation[];
}

/** What a button or form names, looked up; undefined = not kept any more, or never sent by acknet. */
export async function startOf(
  { runs, remediations }: StartPorts,
  value: StartValue | undefined,
): Promise<Start | undefined> {
  const remediation = remediations.find(({ id }) => id === value?.m);
  if (value === undefined || remediation === undefined) return undefined;
  const given = value.p ?? {};
  if (value.c !== undefined)
    return {
      cluster: value.c,
      remediation,
      given,
      target: value.t === undefined ? undefined : readTarget(value.t),
    };
  const run = value.r === undefined ? undefined : await runs.get(value.r);
  const finding = run?.checks
    .flatMap(({ findings }) => findings)
    .find(({ id, about }) => id === value.f && (value.a ?? labelOf(about)) === labelOf(about));
  if (run === undefined || finding === undefined || !remediation.fixes.includes(finding.id)) return undefined;
  return { cluster: run.cluster, remediation, given, finding };
}
