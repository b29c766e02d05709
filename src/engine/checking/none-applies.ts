import { UNEXPLAINED } from '../symptoms/relating/unexplained.js';
import type { CheckResult } from './check-run.js';

/** That nothing which was asked for concerns this kind of cluster, and why. */
interface NoneApplies {
  readonly checks: number;
  readonly why: string;
}

/** undefined = a check of those asked for applies to the cluster. */
export function noneApplies(
  checks: readonly Pick<CheckResult, 'id' | 'outcome' | 'reason'>[],
): NoneApplies | undefined {
  // That of the symptoms was not asked for: it looks at any cluster, and says nothing of the check.
  const asked = checks.filter(({ id }) => id !== UNEXPLAINED);
  if (asked.length === 0 || asked.some(({ outcome }) => outcome !== 'not-applicable')) return undefined;
  return { checks: asked.length, why: [...new Set(asked.flatMap(({ reason }) => reason ?? []))].join(' ') };
}
