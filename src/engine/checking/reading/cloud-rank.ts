import type { Check } from '../../../checks/judging/define-check.js';
import { shapeOf } from '../../../cloud/actions.js';

/**
 * How much hangs on a check's side of the cloud: the problems that it alone brings. What pages by the hundred comes after
 * all else that decides something, and what only tells facts comes last.
 */
export function cloudRank({ cloud, messages }: Pick<Check, 'cloud' | 'messages'>): number {
  const problems = (cloud?.decides ?? []).filter(
    (message) => messages[message]?.severity === 'problem',
  ).length;
  const pages = (cloud?.actions ?? []).some((action) => shapeOf(action).grows);
  return pages ? problems / 100 : problems;
}
