import { stringify } from 'yaml';
import type { RbacRule } from './ports.js';

interface PolicyRule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  readonly resourceNames?: readonly string[];
}

export interface Role {
  readonly apiVersion: 'rbac.authorization.k8s.io/v1';
  readonly kind: 'ClusterRole' | 'Role';
  readonly metadata: { readonly name: string; readonly namespace?: string | undefined };
  readonly rules: readonly PolicyRule[];
}

/** One ClusterRole for what is cluster-wide, and one Role for each namespace named; nothing beyond `rules`. */
export function rolesFor(name: string, rules: readonly RbacRule[]): readonly Role[] {
  const namespaces = [...new Set(rules.map(({ namespace }) => namespace))].sort();
  const wide = namespaces.includes(undefined) ? [undefined] : [];
  return [...wide, ...namespaces.filter((namespace) => namespace !== undefined)].map((namespace) => ({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: namespace === undefined ? 'ClusterRole' : 'Role',
    metadata: { name, ...(namespace !== undefined && { namespace }) },
    rules: mergeRules(rules.filter((rule) => rule.namespace === namespace)),
  }));
}

/** Same group and resource: verbs with names and verbs without stay apart, each with the union of names. */
function mergeRules(rules: readonly RbacRule[]): readonly PolicyRule[] {
  const merged = new Map<string, { rule: RbacRule; verb: string; names: Set<string> }>();
  for (const rule of rules)
    for (const verb of rule.verbs) {
      const key = [rule.group, rule.resource, verb, rule.names === undefined ? 'any' : 'named'].join('|');
      const entry = merged.get(key) ?? { rule, verb, names: new Set<string>() };
      for (const name of rule.names ?? []) entry.names.add(name);
      merged.set(key, entry);
    }
  const byTarget = new Map<string, PolicyRule>();
  for (const { rule, verb, names } of merged.values()) {
    const resourceNames = [...names].sort();
    const key = JSON.stringify([rule.group, rule.resource, resourceNames]);
    const known = byTarget.get(key);
    byTarget.set(key, {
      apiGroups: [rule.group],
      resources: [rule.resource],
      verbs: [...(known?.verbs ?? []), verb].sort(),
      ...(resourceNames.length > 0 && { resourceNames }),
    });
  }
  return [...byTarget.entries()].sort(([a], [b]) => a.localeCompare(b)).map(([, rule]) => rule);
}

export const rolesAsYaml = (roles: readonly Role[]): string =>
  roles.map((role) => stringify(role, { lineWidth: 0 })).join('---\n');
