import type { Check } from '../../checks/judging/define-check.js';
import type { Clusters } from '../../cluster/ports.js';
import type { Remediation } from '../../remediations/define-remediation.js';
import type { IntentCatalogue } from '../questions/intent-catalogue.js';

export interface NamedThings {
  readonly clusters: Pick<Clusters, 'names'>;
  readonly checks: readonly Check[];
  readonly remediations: readonly Remediation[];
  readonly catalogue: Pick<IntentCatalogue, 'get'>;
}

/** Whether a word is the name of a cluster, a check, a finding, a fix or an entry. */
export function isKnownName(
  { clusters, checks, remediations, catalogue }: NamedThings,
  word: string,
): boolean {
  const [check, finding] = word.split('.');
  return (
    clusters.names.includes(word) ||
    remediations.some(({ id }) => id === word) ||
    catalogue.get(word) !== undefined ||
    checks.some(({ id, messages }) => id === check && (finding === undefined || finding in messages))
  );
}
