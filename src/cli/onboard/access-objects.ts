import type { RbacRule } from '../../cluster/ports.js';
import { type Role, rolesFor } from '../../cluster/rbac-roles.js';

/** What tells acknet's own objects from others of the same name: only these are changed or taken away. */
export const OWNER_LABEL = 'app.kubernetes.io/managed-by';
export const OWNER = 'acknet-onboard';

export interface AccessHolder {
  readonly account: 'acknet-reader' | 'acknet-fixer';
  readonly rules: readonly RbacRule[];
}

export const roleOf = ({ account }: Pick<AccessHolder, 'account'>): 'reader' | 'fixer' =>
  account === 'acknet-fixer' ? 'fixer' : 'reader';

export interface AccessObject {
  readonly apiVersion: string;
  readonly kind: 'Namespace' | 'ServiceAccount' | Role['kind'] | 'ClusterRoleBinding' | 'RoleBinding';
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string | undefined;
    readonly labels: Readonly<Record<string, string>>;
  };
  readonly [field: string]: unknown;
}

const labels = { [OWNER_LABEL]: OWNER };

/** Everything that lets acknet's two credentials in, in the order in which it can be made. */
export const accessObjects = (
  namespace: string,
  holders: readonly AccessHolder[],
): readonly AccessObject[] => [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace, labels } },
  ...holders.flatMap((holder) => objectsOf(holder, namespace)),
];

function objectsOf({ account, rules }: AccessHolder, namespace: string): AccessObject[] {
  const roles = rolesFor(account, rules);
  return [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: account, namespace, labels } },
    ...roles.map((role) => ({ ...role, metadata: { ...role.metadata, labels } })),
    ...roles.map((role) => bindingOf(role, { account, namespace })),
  ];
}

function bindingOf(
  { kind, metadata: { name, namespace: roleNamespace } }: Role,
  { account, namespace }: { account: string; namespace: string },
): AccessObject {
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: `${kind}Binding`,
    metadata: { name, namespace: roleNamespace, labels },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind, name },
    subjects: [{ kind: 'ServiceAccount', name: account, namespace }],
  };
}

export const nameOf = ({ metadata: { namespace, name } }: AccessObject): string =>
  namespace === undefined ? name : `${namespace}/${name}`;
