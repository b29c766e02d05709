import { list, object, strings, text } from '../../../../src/cluster/fields.js';
import type { JsonObject, RbacRule } from '../../../../src/cluster/ports.js';
import {
  clusterRoleBindingKind,
  clusterRoleKind,
  roleBindingKind,
  roleKind,
  serviceAccountKind,
} from '../objects/kinds.js';
import type { ObjectStore } from '../objects/object-store.js';
import type { Account } from './rbac.js';

interface ServiceAccountName {
  readonly namespace: string;
  readonly name: string;
}

export interface ServiceTokens {
  /** A JWT in shape: its payload says who and until when; nobody checks its signature but by knowing it. */
  issue(account: ServiceAccountName, seconds: number): { token: string; expirationTimestamp: string };
  /** What the token may do now, by the bindings there are; undefined = unknown, expired, or its account is gone. */
  accountOf(token: string): Account | undefined;
}

/** What the server is late with; a real one learns of its own writes by a watch. */
export interface Lateness {
  /** For so long after it was made, a binding grants nothing yet. */
  bindingsMs: number;
}

interface TokenOptions {
  readonly store: ObjectStore;
  readonly now: () => Date;
  readonly nextId: () => string;
  readonly late: Lateness;
}

export function createServiceTokens({ store, now, nextId, late }: TokenOptions): ServiceTokens {
  const issued = new Map<
    string,
    ServiceAccountName & { readonly until: number; readonly uid: string | undefined }
  >();
  /** The newest moment of which the server knows. */
  const madeBy = (): number => now().getTime() - late.bindingsMs;
  return {
    issue(account, seconds) {
      const until = Math.floor(now().getTime() / 1000) + seconds;
      const payload = { exp: until, sub: userOf(account), jti: nextId() };
      const token = [{ alg: 'RS256' }, payload, nextId()]
        .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
        .join('.');
      issued.set(token, { ...account, until, uid: uidOf(store, account) });
      return { token, expirationTimestamp: `${new Date(until * 1000).toISOString().slice(0, 19)}Z` };
    },
    accountOf(token) {
      const account = issued.get(token);
      if (account === undefined || account.until * 1000 <= now().getTime()) return undefined;
      if (account.uid === undefined || uidOf(store, account) !== account.uid) return undefined;
      return { user: userOf(account), rules: rulesOf(store, account, madeBy()) };
    },
  };
}

const userOf = ({ namespace, name }: ServiceAccountName): string =>
  `system:serviceaccount:${namespace}:${name}`;

const uidOf = (store: ObjectStore, { namespace, name }: ServiceAccountName): string | undefined =>
  text(store.find(serviceAccountKind, namespace, name), 'metadata', 'uid');

function rulesOf(store: ObjectStore, account: ServiceAccountName, madeBy: number): readonly RbacRule[] {
  const isKnown = (binding: JsonObject): boolean =>
    binds(binding, account) && Date.parse(text(binding, 'metadata', 'creationTimestamp') ?? '') <= madeBy;
  const wide = store
    .all(clusterRoleBindingKind)
    .filter(isKnown)
    .flatMap((binding) => roleRules(store, binding, undefined));
  const narrow = store
    .all(roleBindingKind)
    .filter(isKnown)
    .flatMap((binding) => roleRules(store, binding, text(binding, 'metadata', 'namespace')));
  return [...wide, ...narrow];
}

const binds = (binding: JsonObject, { namespace, name }: ServiceAccountName): boolean =>
  list(binding, 'subjects').some(
    (subject) =>
      text(subject, 'kind') === 'ServiceAccount' &&
      text(subject, 'name') === name &&
      text(subject, 'namespace') === namespace,
  );

function roleRules(store: ObjectStore, binding: JsonObject, namespace: string | undefined): RbacRule[] {
  const { kind, name } = object(binding, 'roleRef');
  const role =
    kind === 'ClusterRole'
      ? store.find(clusterRoleKind, undefined, String(name))
      : store.find(roleKind, namespace, String(name));
  return list(role, 'rules').flatMap((rule) =>
    strings(rule, 'apiGroups').flatMap((group) =>
      strings(rule, 'resources').map((resource) => ({
        group,
        resource,
        verbs: strings(rule, 'verbs') as RbacRule['verbs'],
        namespace,
        names: list(rule, 'resourceNames').length === 0 ? undefined : strings(rule, 'resourceNames'),
      })),
    ),
  );
}
