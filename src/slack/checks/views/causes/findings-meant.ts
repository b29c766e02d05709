import type { Mute } from '../../../../approvals/create-mutes.js';
import { labelOf } from '../../../../cluster/object-label.js';
import type { CheckRun } from '../../../../engine/checking/check-run.js';
import { faultOf } from '../../../../engine/diagnosis/fault-of.js';
import type { decodeValue } from '../../../kit/action-values.js';
import type { Finding } from '../evidence.js';
import { diagnosisOf } from '../result-view.js';

/**
 * The findings that a button of a result is about: with an object, that one and what other checks found wrong with it
 * alike; else those of the cause, as the result has them. None = the run holds no such finding.
 */
export function findingsMeant(
  run: CheckRun,
  { f: id, a: label }: NonNullable<ReturnType<typeof decodeValue<'finding'>>>,
  muted: readonly Mute[],
): readonly Finding[] {
  if (label !== undefined)
    return alike(run, (finding) => finding.id === id && labelOf(finding.about) === label);
  const { causes, unexplained } = diagnosisOf({ run, muted });
  const cause = [...causes, ...unexplained].find((one) => one.id === id);
  // Muted since it was shown.
  return cause?.findings ?? alike(run, (finding) => finding.id === id);
}

function alike({ checks }: CheckRun, isMeant: (finding: Finding) => boolean): readonly Finding[] {
  const all = checks.flatMap(({ findings }) => findings);
  const meant = all.filter(isMeant);
  const faults = new Set(meant.map(faultOf));
  return [...meant, ...all.filter((finding) => !meant.includes(finding) && faults.has(faultOf(finding)))];
}
