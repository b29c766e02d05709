import type { RbacRule } from '../../../../src/cluster/ports.js';
import { ApiFault, qualified } from '../api-fault.js';
import type { Kind } from '../objects/kinds.js';

/** Who a bearer token stands for. `rules: 'admin'` = everything. */
export interface Account {
  readonly user: string;
  rules: 'admin' | readonly RbacRule[];
}

interface Attempt {
  readonly verb: string;
  readonly group: string;
  /** With the subresource: `pods/log`. */
  readonly resource: string;
  readonly namespace?: string | undefined;
  readonly name?: string | undefined;
}

/** RBAC as the API server decides it: a rule with names never allows a list or a create without one. */
export function isAllowed({ rules }: Account, attempt: Attempt): boolean {
  if (rules === 'admin') return true;
  return rules.some(
    (rule) =>
      (rule.verbs as readonly string[]).includes(attempt.verb) &&
      rule.group === attempt.group &&
      rule.resource === attempt.resource &&
      (rule.namespace === undefined || rule.namespace === attempt.namespace) &&
      (rule.names === undefined || (attempt.name !== undefined && rule.names.includes(attempt.name))),
  );
}

export function forbidden(account: Account, attempt: Attempt, kind: Kind): ApiFault {
  const name = attempt.name === undefined ? '' : ` "${attempt.name}"`;
  const scope =
    attempt.namespace === undefined ? 'at the cluster scope' : `in the namespace "${attempt.namespace}"`;
  return new ApiFault(
    403,
    `${qualified(kind)}${name} is forbidden: User "${account.user}" cannot ${attempt.verb} resource "${attempt.resource}" in API group "${attempt.group}" ${scope}`,
    { details: { ...(attempt.name !== undefined && { name: attempt.name }), kind: kind.plural } },
  );
}
