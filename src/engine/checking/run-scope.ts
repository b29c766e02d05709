import { z } from 'zod';
import { namedPathSchema } from '../../checks/judging/named-path.js';
import type { ObjectRef } from '../../cluster/ports.js';

/** The part of a cluster that a check is about: asked for, queued, run and kept in this one shape. */
export const runScopeSchema = z.object({
  /** Empty = all. kube-system is always in: the plugin lives there. */
  namespaces: z.array(z.string()).readonly(),
  node: z.string().optional(),
  /** Two ends that a person named; it narrows nothing. */
  path: namedPathSchema.optional(),
});
export type RunScope = z.infer<typeof runScopeSchema>;

export const wholeCluster: RunScope = { namespaces: [] };

export const isWholeCluster = (scope: RunScope): boolean => !isNarrowed(scope) && scope.path === undefined;

/** To some namespaces or one node. */
export const isNarrowed = ({ namespaces, node }: RunScope): boolean =>
  namespaces.length > 0 || node !== undefined;

/** Whether what is at a place is in the scope. What is of no node and of no namespace is the whole cluster's, and always in. */
export function inPlace(
  { namespaces, node: wanted }: RunScope,
  { namespace, node }: { readonly namespace?: string | undefined; readonly node?: string | undefined },
): boolean {
  if (wanted !== undefined && node !== undefined && node !== wanted) return false;
  if (namespace === undefined || namespace === 'kube-system') return true;
  return namespaces.length === 0 || namespaces.includes(namespace);
}

/** `on` = the node that the object is on. */
export const concerns = (scope: RunScope, { kind, namespace, name }: ObjectRef, on?: string): boolean =>
  inPlace(scope, kind === 'Node' ? { node: name } : { namespace, node: on });
