import type { Finding, Verdict } from '../../checks/define-check.js';
import type { ObjectRef } from '../../cluster/ports.js';

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

const touches = ({ about }: Finding, scope: RunScope): boolean => concerns(scope, about);

/** `on` = the node that the object is on. */
export function concerns(
  { namespaces, node }: RunScope,
  { kind, namespace, name }: ObjectRef,
  on?: string,
): boolean {
  if (kind === 'Node') return node === undefined || name === node;
  if (node !== undefined && on !== undefined && on !== node) return false;
  if (namespace === undefined || namespace === 'kube-system') return true;
  return namespaces.length === 0 || namespaces.includes(namespace);
}
