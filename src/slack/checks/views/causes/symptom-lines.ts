import { labelOf } from '../../../../cluster/object-label.js';
import type { RunSymptom } from '../../../../engine/checking/check-run.js';
import { checkTexts } from '../../../../texts/checks.js';
import { clip, literalUpTo } from '../../../kit/writing/mrkdwn.js';

/** More than this would bury what stands below; the list on request has all of them. */
export const SYMPTOMS = 8;
const WORDS = 120;

/** What shows, object by object, in its own words. */
export function symptomLines(symptoms: readonly RunSymptom[], shown = SYMPTOMS): string[] {
  const left = symptoms.length - shown;
  return [
    ...symptoms.slice(0, shown).map(({ about, words }) => {
      const said = words === '' ? '' : `: ${literalUpTo(clip(words.replace(/\s+/g, ' '), WORDS), 200)}`;
      return `• ${literalUpTo(labelOf(about), 200)}${said}`;
    }),
    ...(left > 0 ? [checkTexts.explain.moreSymptoms(left)] : []),
  ];
}
