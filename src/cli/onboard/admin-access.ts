import { list, text } from '../../cluster/fields.js';
import type { Connection } from '../../cluster/kube/connecting/connection.js';
import { sendForObject } from '../../cluster/kube/send-for-object.js';
import type { JsonObject } from '../../cluster/ports.js';
import { AcknetError } from '../../errors.js';
import { onboardTexts as texts } from '../../texts/onboard.js';
import { type AccessHolder, type AccessObject, nameOf } from './access-objects.js';
import { type IssuedToken, tokenIn } from './issued-token.js';
import { createOwnObjects, isOurs, type OwnObjects, pathOf } from './own-objects.js';

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

/** What a namespace may hold that goes with it and that nobody wants to lose. Tokens of its ServiceAccounts go with these. */
const contents = [
  { plural: 'pods', kind: 'Pod' },
  { plural: 'persistentvolumeclaims', kind: 'PersistentVolumeClaim' },
  { plural: 'secrets', kind: 'Secret', fieldSelector: 'type!=kubernetes.io/service-account-token' },
];

export function createAdminAccess(connection: Connection, signal: AbortSignal): AdminAccess {
  const objects = createOwnObjects(connection, signal);
  return {
    find: objects.find,
    apply: (object) => apply(objects, object),
    remove: async (object) => {
      const uid = text(await objects.find(object), 'metadata', 'uid');
      if (uid === undefined) return 'was not there';
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
    keeps: (namespace) => keeps(objects, namespace),
    issueToken: (account, namespace, seconds) => issueToken(objects, { account, namespace }, seconds),
  };
}

async function apply({ find, send }: OwnObjects, object: AccessObject): ReturnType<AdminAccess['apply']> {
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
}

async function keeps(objects: OwnObjects, namespace: string): Promise<string | undefined> {
  const found = await objects.get(namespaceNamed(namespace));
  if (found === undefined) return undefined;
  if (!isOurs(found)) return texts.notMade;
  const held = await Promise.all(contents.map((content) => firstIn(objects, namespace, content)));
  return held.flat().length === 0 ? undefined : texts.holds(held.flat());
}

async function firstIn(
  { send }: OwnObjects,
  namespace: string,
  { plural, kind, fieldSelector }: (typeof contents)[number],
): Promise<string[]> {
  const path = `/api/v1/namespaces/${namespace}/${plural}`;
  const found = await send({ method: 'GET', path, query: { limit: '1', fieldSelector } }, `${kind}List`);
  return list(found, 'items').map((item) => `${kind} ${text(item, 'metadata', 'name')}`);
}

async function issueToken(
  { find, send }: OwnObjects,
  { account, namespace }: { readonly account: AccessHolder['account']; readonly namespace: string },
  seconds: number,
): Promise<IssuedToken> {
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
}

const namespaceNamed = (name: string): AccessObject => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, labels: {} },
});

const notThere = (object: AccessObject): AcknetError =>
  new AcknetError('usage.invalid', texts.noAccount(nameOf(object)), { hint: texts.noAccountHint });
