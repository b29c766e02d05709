import { RECOVERING } from '../../checks/across/recovery.js';
import type { CheckResult } from './check-run.js';
import { noneApplies } from './none-applies.js';

/**
 * What a run comes to, by its checks, its problems and what recovers. `unread` = nothing at all was decided, which is never "nothing found"; `open` = some checks could
 * not tell; `recovering` = these wait for nothing but what the coming minutes show; `not-applicable` = nothing that was asked for concerns this kind of cluster, which
 * is no "nothing found" either.
 */
export type RunOutcome = 'found' | 'unread' | 'open' | 'recovering' | 'not-applicable' | 'clear';

type Judged = Pick<CheckResult, 'id' | 'outcome' | 'reason'> & {
  readonly unknown?: { readonly code: string } | undefined;
};

/** `problems` = as many as count here: those that are muted may not. */
export function runOutcome(checks: readonly Judged[], problems: number, recovering = 0): RunOutcome {
  if (problems > 0) return 'found';
  const open = checks.filter(({ outcome }) => outcome === 'unknown');
  if (open.length === 0) {
    if (noneApplies(checks) !== undefined) return 'not-applicable';
    return recovering > 0 ? 'recovering' : 'clear';
  }
  if (open.every(({ unknown }) => unknown?.code === RECOVERING)) return 'recovering';
  const isDecided = ({ outcome }: Judged): boolean => outcome === 'clear' || outcome === 'found';
  return checks.some(isDecided) ? 'open' : 'unread';
}
