import { groupBy } from '../../../../checks/group-by.js';
import { labelOf } from '../../../../cluster/object-label.js';
import type { RunSymptom } from '../../../../engine/checking/check-run.js';
import { mask } from '../../../../masking/mask.js';
import { checkTexts } from '../../../../texts/checks.js';
import { clipStart, literalUpTo } from '../../../kit/writing/mrkdwn.js';

/** More than this would bury what stands below; the list on request has all of them. */
export const SYMPTOMS = 8;
const WORDS = 120;

/** What shows, in its own words, which stand once for all objects that say the same. */
export function symptomLines(symptoms: readonly RunSymptom[], shown = SYMPTOMS): string[] {
  const left = symptoms.length - shown;
  const alike = groupBy(symptoms.slice(0, shown), ({ about, words }) => `${about.kind} ${words}`);
  return [...[...alike.values()].map(lineOf), ...(left > 0 ? [checkTexts.explain.moreSymptoms(left)] : [])];
}

function lineOf(alike: readonly RunSymptom[]): string {
  const [first] = alike;
  if (first === undefined) return '';
  const { about, words } = first;
  const names = alike.map((one) => labelOf(one.about).slice(one === first ? 0 : about.kind.length + 1));
  const who = names.map((name) => literalUpTo(name, 200)).join(', ');
  return words === '' ? `• ${who}` : `• ${who}: ${literalUpTo(said(words), 200)}`;
}

/** Masked before it is cut: half a secret is no pattern any more. */
const said = (words: string): string => clipStart(mask(words).replace(/\s+/g, ' ').trim(), WORDS);
