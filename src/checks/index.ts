import type { Check } from './define-check.js';
import { flannelCniVersion } from './flannel/flannel-cni-version.js';

/** Every check there is, by id. */
export const checks: readonly Check[] = [flannelCniVersion];

export function findCheck(id: string): Check | undefined {
  return checks.find((check) => check.id === id);
}
