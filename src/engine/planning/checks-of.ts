import type { Check } from '../../checks/judging/define-check.js';
import { checks } from '../../checks/index.js';
import type { Remediation } from '../../remediations/define-remediation.js';

/** The checks whose findings a remediation mends: they tell whether it did, also where it was asked for without one. */
export const checksOf = ({ fixes }: Pick<Remediation, 'fixes'>): readonly Check[] =>
  checks.filter(({ id, messages }) =>
    Object.keys(messages).some((message) => fixes.includes(`${id}.${message}`)),
  );
