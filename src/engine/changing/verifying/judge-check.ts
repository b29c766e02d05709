import type { Proof } from '../../../remediations/define-remediation.js';
import type { CheckResult } from '../../checking/check-run.js';

/** What is known of the effect at one moment. */
export interface Sight {
  readonly outcome: 'fixed' | 'still-found' | 'unproven';
  readonly detail: string;
  readonly proof?: Proof['state'] | undefined;
  /** What the fix mends is gone; something else that the check finds is not. */
  readonly other?: boolean | undefined;
  /** What it will come to does not show yet: worth another look while there is time. */
  readonly early?: boolean | undefined;
}

/** The findings that a fix was to make go away. */
export interface Meant {
  readonly ids: readonly string[];
  /** Whether what else the check finds is none of the fix's. */
  readonly alone: boolean;
  is(finding: CheckResult['findings'][number]): boolean;
}

/** What one check says of a fix. */
export function judgeCheck(result: CheckResult, meant: Meant): Sight {
  const still = result.findings.find((finding) => meant.is(finding));
  if (still) {
    const shown = still.evidence.slice(0, 3).map(({ where, value }) => `${where}: ${value}`);
    return { outcome: 'still-found', detail: [still.message, shown.join('; ')].filter(Boolean).join(' ') };
  }
  if (result.unknown !== undefined && result.outcome === 'unknown' && isOpen(result.unknown, meant))
    return { outcome: 'unproven', detail: `${result.id} could not tell: ${result.unknown.detail}` };
  if (result.outcome === 'not-applicable')
    return { outcome: 'unproven', detail: `${result.id} does not apply any more: ${result.reason ?? ''}` };
  const others = result.findings.filter(({ severity }) => severity === 'problem');
  if (others.length === 0)
    return { outcome: 'fixed', detail: `Checked again: ${result.title}: ${clearOf(result)}.` };
  const messages = others.map(({ message }) => message).join(' ');
  return meant.alone
    ? {
        outcome: 'fixed',
        detail: `Checked again: ${result.title}: what this mends is gone. It also says: ${messages}`,
      }
    : {
        outcome: 'still-found',
        other: true,
        detail: `The finding is gone, but ${result.id} now says: ${messages}`,
      };
}

/** Whether what the check could not tell leaves these findings undecided. */
const isOpen = ({ only }: NonNullable<CheckResult['unknown']>, { ids }: Meant): boolean =>
  only === undefined || ids.some((id) => only.includes(id));

const clearOf = ({ outcome, unknown }: CheckResult): string =>
  outcome === 'unknown' ? `what was found is gone. Not told: ${unknown?.detail ?? ''}` : 'clear';
