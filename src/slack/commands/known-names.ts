import type { Check } from '../../checks/judging/define-check.js';
import type { Clusters } from '../../cluster/ports.js';
import type { Remediation } from '../../remediations/define-remediation.js';

export interface NamedThings {
  readonly clusters: Pick<Clusters, 'names'>;
  readonly checks: readonly Check[];
  readonly remediations: readonly Remediation[];
}

/** Whether a word is the name of a cluster, a check, a finding or a fix. */
export function isKnownName({ clusters, checks, remediations }: NamedThings, word: string): boolean {
  const [check, finding] = word.split('.');
  return (
    clusters.names.includes(word) ||
    remediations.some(({ id }) => id === word) ||
    checks.some(({ id, messages }) => id === check && (finding === undefined || finding in messages))
  );
}
