import type { Verdict } from '../../checks/judging/define-check.js';
import type { ShownCode } from '../../errors.js';

/** Whether the check is about this kind of cluster could not be read: what it found stands, and nothing else is decided. */
export function leftOpen(verdict: Verdict, { code, detail }: { code: ShownCode; detail: string }): Verdict {
  const unknown = { code, detail: [detail, verdict.unknown?.detail].filter(Boolean).join(' ') };
  return { ...verdict, outcome: verdict.outcome === 'found' ? 'found' : 'unknown', unknown };
}
