import type { JsonObject } from '../../../../src/cluster/ports.js';
import { apiVersionOf, type Kind } from '../objects/kinds.js';

/** The documents by which clients find out what is served; undefined = not a discovery path. */
export function discoveryDocument(path: string, served: readonly Kind[]): JsonObject | undefined {
  if (path === '/api') return { kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs: [] };
  if (path === '/apis') return { kind: 'APIGroupList', apiVersion: 'v1', groups: groupsOf(served) };
  const group = /^\/apis\/([^/]+)$/.exec(path)?.[1];
  if (group !== undefined) {
    const found = groupsOf(served).find(({ name }) => name === group);
    return found && { kind: 'APIGroup', apiVersion: 'v1', ...found };
  }
  const groupVersion = groupVersionOf(path);
  return groupVersion === undefined ? undefined : resourceList(groupVersion, served);
}

const groupVersionOf = (path: string): string | undefined => {
  const match = /^\/(?:api\/(v1)|apis\/([^/]+\/[^/]+))$/.exec(path);
  return match?.[1] ?? match?.[2];
};

export function versionDocument(gitVersion: string): JsonObject {
  const [, major = '1', minor = '0'] = /v(\d+)\.(\d+)/.exec(gitVersion) ?? [];
  return {
    major,
    minor: `${minor}+`,
    gitVersion,
    gitCommit: '0000000000000000000000000000000000000000',
    gitTreeState: 'clean',
    buildDate: '2026-01-01T00:00:00Z',
    goVersion: 'go1.22.0',
    compiler: 'gc',
    platform: 'linux/amd64',
  };
}

/** Resources that answer questions about the caller; nothing of them is stored. */
const reviews = {
  'authorization.k8s.io/v1': ['SelfSubjectAccessReview', 'SelfSubjectRulesReview'],
  'authentication.k8s.io/v1': ['SelfSubjectReview'],
} as const;

export const groupVersions = (served: readonly Kind[]): readonly string[] => [
  ...new Set([...served.map(apiVersionOf), ...Object.keys(reviews)]),
];

function groupsOf(served: readonly Kind[]): readonly ({ name: string } & JsonObject)[] {
  return groupVersions(served)
    .filter((entry) => entry.includes('/'))
    .map((groupVersion) => {
      const [name = '', version = ''] = groupVersion.split('/');
      const entry = { groupVersion, version };
      return { name, versions: [entry], preferredVersion: entry };
    });
}

function resourceList(groupVersion: string, served: readonly Kind[]): JsonObject | undefined {
  const stored = served.filter((kind) => apiVersionOf(kind) === groupVersion).flatMap(resourceEntries);
  const asked = Object.entries(reviews)
    .filter(([entry]) => entry === groupVersion)
    .flatMap(([, names]) => names.map(reviewEntry));
  const resources = [...stored, ...asked];
  return resources.length === 0
    ? undefined
    : { kind: 'APIResourceList', apiVersion: 'v1', groupVersion, resources };
}

const reviewEntry = (kind: string): JsonObject => ({
  name: `${kind.toLowerCase()}s`,
  singularName: kind.toLowerCase(),
  namespaced: false,
  kind,
  verbs: ['create'],
});

const readVerbs = ['get', 'list', 'watch'];
const allVerbs = ['create', 'delete', 'deletecollection', ...readVerbs, 'patch', 'update'];

function resourceEntries(kind: Kind): JsonObject[] {
  const entry = {
    name: kind.plural,
    singularName: kind.kind.toLowerCase(),
    namespaced: kind.namespaced,
    kind: kind.kind,
    verbs: kind.viewOf ? readVerbs : allVerbs,
    ...(kind.short && { shortNames: kind.short }),
    ...(kind.inAll && { categories: ['all'] }),
  };
  return [entry, ...(kind.subresources ?? []).map((name) => subresourceEntry(kind, name))];
}

function subresourceEntry({ plural, kind, namespaced }: Kind, name: string): JsonObject {
  const entry = { name: `${plural}/${name}`, singularName: '', namespaced };
  if (name === 'eviction')
    return { ...entry, group: 'policy', version: 'v1', kind: 'Eviction', verbs: ['create'] };
  if (name === 'token')
    return {
      ...entry,
      group: 'authentication.k8s.io',
      version: 'v1',
      kind: 'TokenRequest',
      verbs: ['create'],
    };
  return { ...entry, kind, verbs: name === 'log' ? ['get'] : ['get', 'patch', 'update'] };
}
