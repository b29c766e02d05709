import { count } from './count.js';

/** What a run comes to: the first line of its result, in Slack and in a terminal. */
export interface Verdict {
  readonly causes: number;
  /** Absent = they were not looked for. */
  readonly symptoms?: number | undefined;
  /** Symptoms without a known cause. */
  readonly unexplained: number;
  /** Causes with a fix to review; absent where none is offered. */
  readonly fixable?: number | undefined;
  /** What the run comes to by what its checks could decide. */
  readonly outcome: 'found' | 'unread' | 'open' | 'recovering' | 'not-applicable' | 'clear';
  /** There where the outcome is `not-applicable`: how many checks were asked for, and why none of them applies. */
  readonly noneApplies?: { readonly checks: number; readonly why: string } | undefined;
  /** Checks that could not tell. */
  readonly unread: number;
  /** What a fix ended and only needs a moment. */
  readonly recovering: number;
  readonly muted: number;
  readonly cancelled: boolean;
}

export type VerdictState = Verdict['outcome'] | 'cancelled';

/** What was found stands, however early the run was cancelled. */
export const verdictState = ({ outcome, cancelled }: Verdict): VerdictState =>
  cancelled && outcome !== 'found' ? 'cancelled' : outcome;

/** `3 causes, 10 symptoms · 1 can be fixed here` */
export function verdictWords(verdict: Verdict): string {
  switch (verdictState(verdict)) {
    case 'found':
      return foundWords(verdict);
    case 'cancelled':
      return verdict.outcome === 'unread'
        ? 'cancelled before anything was known'
        : 'cancelled, nothing found so far';
    case 'unread':
      return 'not readable, so nothing is known of it';
    case 'open':
      return `nothing found, but ${count(verdict.unread, 'check')} could not tell`;
    case 'recovering':
      return `nothing else found, ${count(verdict.recovering, 'symptom')} recovering`;
    case 'not-applicable':
      return noneAppliesWords(verdict, '');
    case 'clear':
      return verdict.muted > 0 ? 'nothing found besides what is muted' : 'no problem found';
  }
}

/** In the middle of a line: what follows brings its own stop. */
function noneAppliesWords({ noneApplies }: Verdict, anyMore: string): string {
  const { checks = 1, why = '' } = noneApplies ?? {};
  const head = checks === 1 ? 'the check does not apply' : `none of the ${count(checks, 'check')} applies`;
  return `${head}${anyMore}${why === '' ? '' : `: ${why.replace(/\.$/, '')}`}`;
}

function foundWords({ causes, symptoms, unexplained, fixable = 0, cancelled }: Verdict): string {
  const parts = [
    ...(causes > 0 ? [count(causes, 'cause')] : []),
    ...(symptoms === undefined || symptoms === 0 ? [] : [count(symptoms, 'symptom')]),
    ...(unexplained > 0 ? [causes > 0 ? `${unexplained} unexplained` : 'no known cause'] : []),
    ...(cancelled ? ['cancelled early'] : []),
  ];
  return `${parts.join(', ')}${fixable > 0 ? ` · ${fixable} can be fixed here` : ''}`;
}

/** What is left after a fix, in the middle of a sentence: `2 causes left`. */
export function leftWords(verdict: Verdict): string {
  const { causes, unexplained, unread, symptoms } = verdict;
  switch (verdictState(verdict)) {
    case 'found':
      return causes > 0
        ? `${count(causes, 'cause')} left`
        : `${count(symptoms ?? unexplained, 'symptom')} left, no known cause`;
    case 'cancelled':
      return 'cancelled before it could tell';
    case 'unread':
      return 'nothing could be read';
    case 'open':
      return `nothing found, but ${count(unread, 'check')} could not tell`;
    case 'recovering':
      return `nothing left, ${count(verdict.recovering, 'symptom')} recovering`;
    case 'not-applicable':
      return noneAppliesWords(verdict, ' any more');
    case 'clear':
      return 'nothing left';
  }
}
