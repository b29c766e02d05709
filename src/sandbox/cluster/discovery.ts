import type { JsonObject } from '../../cluster/ports.js';
import { apiVersionOf, type Kind } from './kinds.js';

const verbs = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];

/** The documents by which clients find out what is served; undefined = not a discovery path. */
export function discoveryDocument(
  path: string,
  served: readonly Kind[],
  gitVersion: string,
): JsonObject | undefined {
  if (path === '/version') return versionDocument(gitVersion);
  if (path === '/api') return { kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs: [] };
  if (path === '/apis') return groupList(served);
  const match = /^\/(?:api\/(v1)|apis\/([^/]+\/[^/]+))$/.exec(path);
  const groupVersion = match?.[1] ?? match?.[2];
  return groupVersion === undefined ? undefined : resourceList(groupVersion, served);
}

function versionDocument(gitVersion: string): JsonObject {
  const [, major = '1', minor = '0'] = /v(\d+)\.(\d+)/.exec(gitVersion) ?? [];
  return { major, minor: `${minor}+`, gitVersion, platform: 'linux/amd64', goVersion: 'go1.22.0' };
}

function groupList(served: readonly Kind[]): JsonObject {
  const versions = [...new Set([...served.map(apiVersionOf), 'authorization.k8s.io/v1'])].filter((entry) =>
    entry.includes('/'),
  );
  const groups = versions.map((groupVersion) => {
    const [name = '', version = ''] = groupVersion.split('/');
    const entry = { groupVersion, version };
    return { name, versions: [entry], preferredVersion: entry };
  });
  return { kind: 'APIGroupList', apiVersion: 'v1', groups };
}

const reviews = [
  {
    name: 'selfsubjectaccessreviews',
    singularName: '',
    namespaced: false,
    kind: 'SelfSubjectAccessReview',
    verbs: ['create'],
  },
];

function resourceList(groupVersion: string, served: readonly Kind[]): JsonObject | undefined {
  const resources = served.filter((kind) => apiVersionOf(kind) === groupVersion).flatMap(resourceEntries);
  const all = groupVersion === 'authorization.k8s.io/v1' ? reviews : resources;
  return all.length === 0
    ? undefined
    : { kind: 'APIResourceList', apiVersion: 'v1', groupVersion, resources: all };
}

function resourceEntries(kind: Kind): JsonObject[] {
  const entry = {
    name: kind.plural,
    singularName: kind.kind.toLowerCase(),
    namespaced: kind.namespaced,
    kind: kind.kind,
    verbs,
    ...(kind.short && { shortNames: kind.short }),
  };
  const subresources = (kind.subresources ?? []).map((name) =>
    name === 'eviction'
      ? {
          ...entry,
          name: `${kind.plural}/eviction`,
          group: 'policy',
          version: 'v1',
          kind: 'Eviction',
          verbs: ['create'],
        }
      : {
          ...entry,
          name: `${kind.plural}/${name}`,
          verbs: name === 'log' ? ['get'] : ['get', 'patch', 'update'],
        },
  );
  return [entry, ...subresources];
}
