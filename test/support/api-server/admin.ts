import { apiVersionOf, type Kind, kinds } from '../../../sandbox/cluster/api/objects/kinds.js';
import { placeOf } from '../../../sandbox/cluster/api/objects/object-store.js';
import { apiPath } from '../../../src/cluster/kube/api-paths.js';
import { type KubeRequest, openConnection } from '../../../src/cluster/kube/connecting/connection.js';
import type { JsonObject } from '../../../src/cluster/ports.js';
import { patience } from '../patience.js';
import { waitFor } from '../wait-for.js';

/** What the server answered instead of doing it. */
export class ServerRefusal extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

export type Named = Pick<Kind, 'group' | 'version' | 'plural' | 'kind' | 'namespaced'>;
const rbac = { group: 'rbac.authorization.k8s.io', version: 'v1' };

export const serviceAccountKind: Named = {
  ...{ group: '', version: 'v1', plural: 'serviceaccounts', kind: 'ServiceAccount', namespaced: true },
};
export const crdKind: Named = {
  ...{ group: 'apiextensions.k8s.io', version: 'v1', plural: 'customresourcedefinitions' },
  ...{ kind: 'CustomResourceDefinition', namespaced: false },
};
export const rbacKinds: readonly Named[] = [
  { ...rbac, plural: 'clusterroles', kind: 'ClusterRole', namespaced: false },
  { ...rbac, plural: 'clusterrolebindings', kind: 'ClusterRoleBinding', namespaced: false },
  { ...rbac, plural: 'roles', kind: 'Role', namespaced: true },
  { ...rbac, plural: 'rolebindings', kind: 'RoleBinding', namespaced: true },
];
const known: readonly Named[] = [...kinds, ...rbacKinds, serviceAccountKind, crdKind];

export function kindOf(object: JsonObject): Named {
  const found = known.find((kind) => kind.kind === object.kind && apiVersionOf(kind) === object.apiVersion);
  if (found === undefined) throw new TypeError(`no kind ${String(object.apiVersion)} ${String(object.kind)}`);
  return found;
}

/** The built-in kind of that name. */
export function kindNamed(name: string): Named {
  const found = kinds.find(({ kind, crd, viewOf }) => kind === name && !crd && !viewOf);
  if (found === undefined) throw new TypeError(`no kind ${name}`);
  return found;
}

export type Admin = ReturnType<typeof openAdmin>;
type Place = { readonly namespace?: string | undefined; readonly name?: string | undefined };
interface MergePatch {
  readonly patch: JsonObject;
  readonly sub?: string;
  readonly manager?: string;
}
type Body = Pick<KubeRequest, 'body' | 'contentType' | 'query'>;
const MERGE = 'application/merge-patch+json';
const SEEDER = 'acknet-contract';

const isInitializing = ({ status, answer }: { readonly status: number; readonly answer: string }): boolean =>
  status === 429 && answer.includes('storage is (re)initializing');

/** The test's own hand on a server: seeds, edits and removes objects of any kind, each write under its own field manager. */
export function openAdmin(kubeconfig: string) {
  const connection = openConnection('contract', { kubeconfig }, { timeoutMs: patience(10_000) });
  const send = async (method: KubeRequest['method'], path: string, body: Body = {}): Promise<JsonObject> => {
    const { signal } = new AbortController();
    const asked = async () => {
      const response = await connection.send({ method, path, ...body, signal });
      return { status: response.status, answer: await response.body.text() };
    };
    const inPlace = async () => {
      const response = await asked();
      return !isInitializing(response) && response;
    };
    // A definition that has just been made: its storage is not there yet, and nothing was done.
    const response = await waitFor(`the storage behind ${path}`, inPlace);
    const { answer } = response;
    if (response.status < 300) return JSON.parse(answer) as JsonObject;
    // Not always a Status: a group that is not served is answered in plain text.
    throw new ServerRefusal(response.status, `${method} ${path}: ${answer.slice(0, 1000)}`);
  };
  const pathOf = (kind: Named, place: Place, sub?: string) =>
    `${apiPath(kind, place)}${sub === undefined ? '' : `/${sub}`}`;

  return {
    send,
    get: (kind: Named, place: Place) => send('GET', pathOf(kind, place)),
    list: async (kind: Named, query: Record<string, string> = {}): Promise<readonly JsonObject[]> => {
      const { items } = await send('GET', pathOf(kind, {}), { query });
      const of = { apiVersion: apiVersionOf(kind), kind: kind.kind };
      return (items as readonly JsonObject[]).map((item) => ({ ...of, ...item }));
    },
    create: (object: JsonObject) => {
      const { namespace } = placeOf(object);
      return send('POST', pathOf(kindOf(object), { namespace }), {
        body: object,
        query: { fieldManager: SEEDER },
      });
    },
    /** Merge patch; `sub` names a subresource. Another manager than the one that seeded the object dates its write anew. */
    merge: (kind: Named, place: Place, { patch, sub, manager = SEEDER }: MergePatch) =>
      send('PATCH', pathOf(kind, place, sub), {
        ...{ body: patch, contentType: MERGE, query: { fieldManager: manager } },
      }),
    /** Whether the path answers at all, in whatever form. */
    answers: async (path: string, query: Record<string, string>): Promise<boolean> => {
      const { signal } = new AbortController();
      const response = await connection.send({ method: 'GET', path, query, signal });
      await response.body.dump();
      return response.status < 300;
    },
    bind: (place: Place, node: string) =>
      send('POST', `${apiPath({ group: '', version: 'v1', plural: 'pods' }, place)}/binding`, {
        body: {
          ...{ apiVersion: 'v1', kind: 'Binding', metadata: { name: place.name ?? '' } },
          target: { apiVersion: 'v1', kind: 'Node', name: node },
        },
      }),
    remove: (kind: Named, place: Place, { now = false, uid }: { now?: boolean; uid?: string } = {}) =>
      send('DELETE', pathOf(kind, place), {
        body: {
          ...{ apiVersion: 'v1', kind: 'DeleteOptions', propagationPolicy: 'Background' },
          ...(now && { gracePeriodSeconds: 0 }),
          ...(uid !== undefined && { preconditions: { uid } }),
        },
      }),
    close: () => connection.close(),
  };
}

/** Runs `work` and lets the server's refusals with these status codes pass. */
export async function tolerating<T>(
  statuses: readonly number[],
  work: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ServerRefusal && statuses.includes(error.status)) return undefined;
    throw error;
  }
}
