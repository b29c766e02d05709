import { list, text } from '../../cluster/fields.js';
import { apiPath } from '../../cluster/kube/api-paths.js';
import type { Connection, KubeRequest } from '../../cluster/kube/connecting/connection.js';
import { sendForObject } from '../../cluster/kube/send-for-object.js';
import type { JsonObject } from '../../cluster/ports.js';
import { AcknetError, isAcknetError } from '../../errors.js';
import { onboardTexts as texts } from '../../texts/onboard.js';
import { type AccessObject, nameOf, OWNER, OWNER_LABEL } from './access-objects.js';

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

/** Where an object stands; without a name, where its kind does. */
export const pathOf = ({ kind, metadata: { namespace } }: AccessObject, name?: string): string =>
  apiPath(places[kind], { namespace, name });

/** The objects that grant acknet its access, as an administrator reads them. */
export interface OwnObjects {
  /** Throws where the answer is no object of that kind. */
  send(request: Omit<KubeRequest, 'signal'>, kind: string): Promise<JsonObject>;
  get(object: AccessObject): Promise<JsonObject | undefined>;
  /** Throws `usage.invalid` where what stands there is not acknet's, or of an acknet in another namespace. */
  find(object: AccessObject): Promise<JsonObject | undefined>;
}

export function createOwnObjects(connection: Connection, signal: AbortSignal): OwnObjects {
  const send: OwnObjects['send'] = (request, kind) =>
    sendForObject(
      connection,
      { ...request, signal },
      { wanted: `a ${kind}`, is: (value) => value.kind === kind },
    );
  const get: OwnObjects['get'] = (object) => {
    const { kind, metadata } = object;
    const { group, plural } = places[kind];
    const about = { group, plural, name: metadata.name };
    return send({ method: 'GET', path: pathOf(object, metadata.name), about }, kind).catch(unlessMissing);
  };
  return {
    send,
    get,
    find: async (object) => {
      const found = await get(object);
      if (found === undefined || object.kind === 'Namespace') return found;
      if (!isOurs(found)) throw notOurs(object);
      const other = otherInstall(object, found);
      if (other !== undefined) throw ofOtherInstall(object, other);
      return found;
    },
  };
}

export const isOurs = (found: JsonObject): boolean =>
  text(found, 'metadata', 'labels', OWNER_LABEL) === OWNER;

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
