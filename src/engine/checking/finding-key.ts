import type { Finding } from '../../checks/judging/define-check.js';

/** The same finding about the same object has the same key in every run. */
export const findingKey = ({ id, about }: Pick<Finding, 'id' | 'about'>): string =>
  [id, about.kind, about.namespace ?? '', about.name].join(' ');
