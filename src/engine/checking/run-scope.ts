import { z } from 'zod';
import type { Finding, Verdict } from '../../checks/define-check.js';
import type { ObjectRef } from '../../cluster/ports.js';

/** The part of a cluster that a check is about: asked for, queued, run and kept in this one shape. */
export const runScopeSchema = z.object({
  /** Empty = all. kube-system is always in: the plugin lives there. */
  namespaces: z.array(z.string()).readonly(),
  node: z.string().optional(),
});
export type RunScope = z.infer<typeof runScopeSchema>;

export const wholeCluster: RunScope = { namespaces: [] };

export const isWholeCluster = ({ namespaces, node }: RunScope): boolean =>
  namespaces.length === 0 && node === undefined;

/** Drops findings about objects outside the scope. What is about neither a namespace nor a node stays. */
export function inScope(verdict: Verdict, scope: RunScope | undefined): Verdict {
  if (scope === undefined || isWholeCluster(scope)) return verdict;
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
