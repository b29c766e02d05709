import type { Finding, Verdict } from '../../checks/define-check.js';

export interface RunScope {
  /** Empty = all. kube-system is always in: the plugin lives there. */
  readonly namespaces: readonly string[];
  readonly node?: string | undefined;
}

/** Drops findings about objects outside the scope. What is about neither a namespace nor a node stays. */
export function inScope(verdict: Verdict, scope: RunScope | undefined): Verdict {
  if (scope === undefined || (scope.namespaces.length === 0 && scope.node === undefined)) return verdict;
  const findings = verdict.findings.filter((finding) => touches(finding, scope));
  if (findings.length === verdict.findings.length) return verdict;
  const problems = findings.some(({ severity }) => severity === 'problem');
  const outcome =
    verdict.outcome === 'found' && !problems ? (verdict.unknown ? 'unknown' : 'clear') : verdict.outcome;
  return { ...verdict, findings, outcome };
}

function touches({ about }: Finding, { namespaces, node }: RunScope): boolean {
  if (about.kind === 'Node') return node === undefined || about.name === node;
  if (about.namespace === undefined || about.namespace === 'kube-system') return true;
  return namespaces.length === 0 || namespaces.includes(about.namespace);
}
