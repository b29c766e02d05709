import { list, text } from '../../cluster/fields.js';
import { apiPath } from '../../cluster/kube/api-paths.js';
import type { Connection, KubeRequest } from '../../cluster/kube/connection.js';
import { sendForObject } from '../../cluster/kube/send-for-object.js';
import type { JsonObject } from '../../cluster/ports.js';
import { AcknetError, isAcknetError } from '../../errors.js';
import { type AccessObject, OWNER, OWNER_LABEL } from './access-objects.js';

interface IssuedToken {
  readonly token: string;
  /** When it ends: the server may give less than was asked for. */
  readonly ends: Date;
}

/** What `onboard` and `offboard` do with an administrator's credential; the running service has no such thing. */
export interface AdminAccess {
  /** Throws `usage.invalid` where an object of that name is not acknet's. */
  apply(object: AccessObject): Promise<'created' | 'brought up to date'>;
  /** Throws `usage.invalid` where an object of that name is not acknet's. */
  remove(object: AccessObject): Promise<'removed' | 'was not there'>;
  /** Whether the namespace is another's, or something runs in it. */
  isKept(namespace: string): Promise<boolean>;
  issueToken(account: string, namespace: string, seconds: number): Promise<IssuedToken>;
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

export function createAdminAccess(connection: Connection, signal: AbortSignal): AdminAccess {
  const send = (request: Omit<KubeRequest, 'signal'>, kind: string) =>
    sendForObject(
      connection,
      { ...request, signal },
      { wanted: `a ${kind}`, is: (value) => value.kind === kind },
    );
  const pathOf = ({ kind, metadata: { namespace } }: AccessObject, name?: string) =>
    apiPath(places[kind], { namespace, name });

  const own = async (object: AccessObject): Promise<JsonObject | undefined> => {
    const { kind, metadata } = object;
    const { group, plural } = places[kind];
    const about = { group, plural, name: metadata.name };
    const found = await send({ method: 'GET', path: pathOf(object, metadata.name), about }, kind).catch(
      unlessMissing,
    );
    if (
      found !== undefined &&
      kind !== 'Namespace' &&
      text(found, 'metadata', 'labels', OWNER_LABEL) !== OWNER
    )
      throw notOurs(object);
    return found;
  };

  return {
    async apply(object) {
      const { kind, metadata } = object;
      if ((await own(object)) === undefined) {
        await send({ method: 'POST', path: pathOf(object), body: object }, kind);
        return 'created';
      }
      // A namespace that was there before stays its owner's.
      if (kind !== 'Namespace')
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
      const found = await own(object);
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
    async isKept(namespace) {
      const path = `/api/v1/namespaces/${namespace}`;
      const about = { group: '', plural: 'namespaces', name: namespace };
      const found = await send({ method: 'GET', path, about }, 'Namespace').catch(unlessMissing);
      if (found === undefined) return false;
      if (text(found, 'metadata', 'labels', OWNER_LABEL) !== OWNER) return true;
      const pods = await send({ method: 'GET', path: `${path}/pods`, query: { limit: '1' } }, 'PodList');
      return list(pods, 'items').length > 0;
    },
    async issueToken(account, namespace, seconds) {
      const path = `/api/v1/namespaces/${namespace}/serviceaccounts/${account}/token`;
      const body = {
        apiVersion: 'authentication.k8s.io/v1',
        kind: 'TokenRequest',
        spec: { expirationSeconds: seconds },
      };
      const answer = await send({ method: 'POST', path, body }, 'TokenRequest');
      const token = text(answer, 'status', 'token');
      if (!token) throw new AcknetError('cluster.malformed', `No token came with the answer for ${account}.`);
      return { token, ends: new Date(text(answer, 'status', 'expirationTimestamp') ?? Number.NaN) };
    },
  };
}

function unlessMissing(error: unknown): undefined {
  if (isAcknetError(error, 'cluster.not-found')) return undefined;
  throw error;
}

const notOurs = ({ kind, metadata }: AccessObject): AcknetError =>
  new AcknetError(
    'usage.invalid',
    `${kind} ${metadata.name} is there already and was not made by acknet; nothing of it was changed.`,
    {
      hint: `If it may be acknet's, label it ${OWNER_LABEL}=${OWNER}; else take another --namespace or rename it.`,
    },
  );
