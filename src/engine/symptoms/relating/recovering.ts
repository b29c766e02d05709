import { createRecovery } from '../../../checks/across/recovery.js';
import { endOf, isLately } from '../../../checks/across/mended.js';
import type { Mended } from '../../../checks/judging/define-check.js';
import type { PodView } from '../../../cluster/views/pod.js';
import { relate } from './relate.js';
import { type Symptom, symptomName } from '../symptom.js';
import type { SymptomFacts } from '../symptom-facts.js';

/**
 * The symptoms, those marked that a fix ended and that only need a moment: older than its end, and of what it mended. A
 * warning is the past as soon as the fix has ended, so after that moment it is not told any more.
 */
export function markRecovering(
  symptoms: readonly Symptom[],
  facts: SymptomFacts,
  mended: readonly Mended[],
): readonly Symptom[] {
  if (mended.length === 0) return symptoms;
  const recovery = createRecovery({ ...facts, mended });
  const podOf = new Map(facts.pods.map((pod) => [`${pod.namespace}/${pod.name}`, pod]));
  return symptoms.flatMap((symptom) => {
    if (symptom.kind === 'pod-waiting') {
      const pod: PodView | undefined = podOf.get(symptomName(symptom));
      return [{ ...symptom, recoveringSince: pod && recovery(pod) }];
    }
    const fix = endedBy(symptom, mended);
    if (fix === undefined) return [symptom];
    if (isLately(fix, facts.now)) return [{ ...symptom, recoveringSince: endOf(fix) }];
    return isOfThePast(symptom) ? [] : [symptom];
  });
}

/** Told by what was written once: an event, or a line of a log. */
const isOfThePast = ({ kind }: Symptom): boolean => kind === 'warning' || kind === 'component-failing';

/** The latest fix that was for it, where all its signs are older. */
function endedBy(symptom: Symptom, mended: readonly Mended[]): Mended | undefined {
  const times = symptom.evidence.flatMap(({ at }) => (at === undefined ? [] : Date.parse(at)));
  const newest = Math.max(...times);
  return mended
    .filter(({ at }) => times.length > 0 && newest < at.getTime())
    .filter(({ findings }) =>
      relate(
        [symptom],
        findings.map((finding) => ({ area: '', finding })),
      ).some(({ by }) => by !== undefined),
    )
    .toSorted((a, b) => b.at.getTime() - a.at.getTime())[0];
}
