import { list, text } from '../../cluster/fields.js';
import { apiPath } from '../../cluster/kube/api-paths.js';
import type { Connection, KubeRequest } from '../../cluster/kube/connecting/connection.js';
import { sendForObject } from '../../cluster/kube/send-for-object.js';
import type { JsonObject } from '../../cluster/ports.js';
import { AcknetError, isAcknetError } from '../../errors.js';
import { onboardTexts as texts } from '../../texts/onboard.js';
import { type AccessHolder, type AccessObject, nameOf, OWNER, OWNER_LABEL } from './access-objects.js';
import { type IssuedToken, tokenIn } from './issued-token.js';

/** What `onboard` and `offboard` do with an administrator's credential; the running service has no such thing. */
export interface AdminAccess {
  /** What stands under its name. Throws `usage.invalid` where that is not acknet's, or of an acknet in another namespace. */
  find(object: AccessObject): Promise<JsonObject | undefined>;
  /** Throws as `find` does. */
  apply(object: AccessObject): Promise<'created' | 'brought up to date' | 'was there'>;
  /** Throws as `find` does. */
  remove(object: AccessObject): Promise<'removed' | 'was not there'>;
  /** Why the namespace must stay: it is another's, or holds what acknet did not make. */
  keeps(namespace: string): Promise<string | undefined>;
  /** Only of a ServiceAccount that acknet made; throws `cluster.malformed` where the answer names no token or no end. */
  issueToken(account: AccessHolder['account'], namespace: string, seconds: number): Promise<IssuedToken>;
}

const rbac = { group: 'rbac.authorization.k8s.io', version: 'v1' };
const core = { group: '', version: 'v1' };
const places: Readonly<Record<AccessObject['kind'], { group: string; version: string; plural: string }>> = {
  Namespace: { ...core, plural: 'namespaces' },
  ServiceAccount: { ...core, plural: 'serviceaccounts' },
  ClusterRole: { ...rbac, plural: 'clusterroles' },
  Role: { ...rbac, plural: 'roles' },
  ClusterRoleBinding: { ...rbac, plural: 'clusterrolebindings' },
  RoleBinding: { ...rbac, plural: 'rolebindings' },
};

/** What a namespace may hold that goes with it and that nobody wants to lose. Tokens of its ServiceAccounts go with these. */
const contents = [
  { plural: 'pods', kind: 'Pod' },
  { plural: 'persistentvolumeclaims', kind: 'PersistentVolumeClaim' },
  { plural: 'secrets', kind: 'Secret', fieldSelector: 'type!=kubernetes.io/service-account-token' },
];

export function createAdminAccess(connection: Connection, signal: AbortSignal): AdminAccess {
  const send = (request: Omit<KubeRequest, 'signal'>, kind: string) =>
    sendForObject(
      connection,
      { ...request, signal },
      { wanted: `a ${kind}`, is: (value) => value.kind === kind },
    );
  const pathOf = ({ kind, metadata: { namespace } }: AccessObject, name?: string) =>
    apiPath(places[kind], { namespace, name });

  const get = (object: AccessObject): Promise<JsonObject | undefined> => {
    const { kind, metadata } = object;
    const { group, plural } = places[kind];
    const about = { group, plural, name: metadata.name };
    return send({ method: 'GET', path: pathOf(object, metadata.name), about }, kind).catch(unlessMissing);
  };
  const find = async (object: AccessObject): Promise<JsonObject | undefined> => {
    const found = await get(object);
    if (found === undefined || object.kind === 'Namespace') return found;
    if (text(found, 'metadata', 'labels', OWNER_LABEL) !== OWNER) throw notOurs(object);
    const other = otherInstall(object, found);
    if (other !== undefined) throw ofOtherInstall(object, other);
    return found;
  };

  const firstIn = async (
    namespace: string,
    { plural, kind, fieldSelector }: (typeof contents)[number],
  ): Promise<string[]> => {
    const path = `/api/v1/namespaces/${namespace}/${plural}`;
    const found = await send({ method: 'GET', path, query: { limit: '1', fieldSelector } }, `${kind}List`);
    return list(found, 'items').map((item) => `${kind} ${text(item, 'metadata', 'name')}`);
  };

  return {
    find,
    async apply(object) {
      const { kind, metadata } = object;
      if ((await find(object)) === undefined) {
        await send({ method: 'POST', path: pathOf(object), body: object }, kind);
        return 'created';
      }
      // A namespace that was there before stays its owner's.
      if (kind === 'Namespace') return 'was there';
      await send(
        {
          method: 'PATCH',
          path: pathOf(object, metadata.name),
          body: object,
          contentType: 'application/merge-patch+json',
        },
        kind,
      );
      return 'brought up to date';
    },
    async remove(object) {
      const found = await find(object);
      const uid = text(found, 'metadata', 'uid');
      if (found === undefined || uid === undefined) return 'was not there';
      await sendForObject(
        connection,
        {
          method: 'DELETE',
          path: pathOf(object, object.metadata.name),
          body: { apiVersion: 'v1', kind: 'DeleteOptions', preconditions: { uid } },
          signal,
        },
        {
          wanted: 'the word that it is removed',
          is: ({ kind }) => kind === object.kind || kind === 'Status',
        },
      );
      return 'removed';
    },
    async keeps(namespace) {
      const found = await get(namespaceNamed(namespace));
      if (found === undefined) return undefined;
      if (text(found, 'metadata', 'labels', OWNER_LABEL) !== OWNER) return texts.notMade;
      const held = await Promise.all(contents.map((content) => firstIn(namespace, content)));
      return held.flat().length === 0 ? undefined : texts.holds(held.flat());
    },
    async issueToken(account, namespace, seconds) {
      const holder: AccessObject = {
        apiVersion: 'v1',
        kind: 'ServiceAccount',
        metadata: { name: account, namespace, labels: {} },
      };
      if ((await find(holder)) === undefined) throw notThere(holder);
      const body = {
        apiVersion: 'authentication.k8s.io/v1',
        kind: 'TokenRequest',
        spec: { expirationSeconds: seconds },
      };
      const path = `${pathOf(holder, account)}/token`;
      return tokenIn(await send({ method: 'POST', path, body }, 'TokenRequest'), account);
    },
  };
}

const namespaceNamed = (name: string): AccessObject => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, labels: {} },
});

/** The namespace of another acknet's ServiceAccount that the binding found is for. */
function otherInstall(object: AccessObject, found: JsonObject): string | undefined {
  if (!object.kind.endsWith('Binding')) return undefined;
  const own = list(object, 'subjects').map((subject) => text(subject, 'namespace'));
  return list(found, 'subjects')
    .map((subject) => text(subject, 'namespace'))
    .find((namespace) => namespace !== undefined && !own.includes(namespace));
}

function unlessMissing(error: unknown): undefined {
  if (isAcknetError(error, 'cluster.not-found')) return undefined;
  throw error;
}

const notOurs = (object: AccessObject): AcknetError =>
  new AcknetError('usage.invalid', texts.notOurs(object.kind, nameOf(object)), {
    hint: texts.notOursHint(`${OWNER_LABEL}=${OWNER}`),
  });

const ofOtherInstall = (object: AccessObject, namespace: string): AcknetError =>
  new AcknetError('usage.invalid', texts.ofOtherInstall(object.kind, nameOf(object), namespace), {
    hint: texts.ofOtherInstallHint(namespace),
  });

const notThere = (object: AccessObject): AcknetError =>
  new AcknetError('usage.invalid', texts.noAccount(nameOf(object)), { hint: texts.noAccountHint });
