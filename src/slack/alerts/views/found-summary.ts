import { verdictOf } from '../../../engine/diagnosis/verdict-of.js';
import type { IncidentFound } from '../../../jobs/ports.js';
import { type Verdict, verdictWords } from '../../../texts/verdict.js';
import { isMuted } from '../../checks/views/is-muted.js';
import { causeLine, diagnosisOf } from '../../checks/views/result-view.js';

interface FoundSummary {
  readonly verdict: Verdict;
  /** A cause each, the worst first. */
  readonly causes: readonly string[];
}

export function foundSummary({ run, muted, offers }: IncidentFound): FoundSummary {
  const diagnosis = diagnosisOf({ run, muted });
  const all = run.checks.flatMap(({ findings }) => findings);
  const verdict = verdictOf(run, diagnosis, {
    muted: all.filter((finding) => isMuted(finding, muted)).length,
    fixable: offers.length,
  });
  return { verdict, causes: [...diagnosis.causes, ...diagnosis.unexplained].map(causeLine) };
}

const NAMED = 2;

/** The same in one line. */
export function foundWords(found: IncidentFound): string {
  const { verdict, causes } = foundSummary(found);
  return [verdictWords(verdict), causes.slice(0, NAMED).join('; ')].filter((part) => part !== '').join(': ');
}
