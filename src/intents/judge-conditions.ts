import type { AnswerFacts } from './answer-facts.js';
import { judgeCondition, labelOf, type WhenCondition } from './when-condition.js';

/** Left out, with what it was about and what the cluster is instead; or shown, under a label where it is undecided. */
export type BlockVerdict =
  | { readonly about: string; readonly why: string }
  | { readonly label: string | undefined };

/** Whether what stands under these conditions is shown for a cluster; without facts nothing is decided. */
export function judgeConditions(
  conditions: readonly WhenCondition[],
  facts: AnswerFacts | undefined,
): BlockVerdict {
  const verdicts = conditions.map((condition) => ({
    label: labelOf(condition),
    ...(facts === undefined ? { holds: undefined, because: '' } : judgeCondition(condition, facts)),
  }));
  const against = verdicts.filter(({ holds }) => holds === false);
  if (against.length > 0) {
    return {
      about: verdicts.map(({ label }) => label).join(', '),
      why: [...new Set(against.map(({ because }) => because))].join(', '),
    };
  }
  const open = verdicts.filter(({ holds }) => holds === undefined).map(({ label }) => label);
  return { label: open.length === 0 ? undefined : open.join(', ') };
}
