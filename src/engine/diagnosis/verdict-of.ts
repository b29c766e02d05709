import type { Verdict } from '../../texts/verdict.js';
import type { CheckRun } from '../checking/check-run.js';
import { noneApplies } from '../checking/none-applies.js';
import { runOutcome } from '../checking/run-outcome.js';
import type { Diagnosis } from './diagnose.js';

/** What the first line of a result says of a run. */
export function verdictOf(
  { checks, recovering = [] }: Pick<CheckRun, 'checks' | 'recovering'>,
  { causes, unexplained, symptoms }: Diagnosis,
  { muted, fixable }: { readonly muted: number; readonly fixable?: number | undefined },
): Verdict {
  const unread = checks.filter(({ outcome }) => outcome === 'unknown');
  return {
    outcome: runOutcome(checks, causes.length + unexplained.length, recovering.length),
    noneApplies: noneApplies(checks),
    causes: causes.length,
    symptoms,
    unexplained: unexplained.reduce((sum, cause) => sum + Math.max(1, cause.symptoms.length), 0),
    fixable,
    unread: unread.length,
    recovering: recovering.length,
    muted,
    cancelled: unread.some(({ unknown }) => unknown?.code === 'check.cancelled'),
  };
}
