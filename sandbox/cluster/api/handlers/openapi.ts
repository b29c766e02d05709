import type { JsonObject } from '../../../../src/cluster/ports.js';
import { groupVersions } from './discovery.js';
import { apiVersionOf, type Kind } from '../objects/kinds.js';

/**
 * As much OpenAPI v3 as kubectl asks for before it writes: which kinds take a PATCH with `dryRun` and
 * `fieldValidation`. It holds no schemas, so `kubectl explain` finds nothing.
 */
export function openApiDocument(path: string, served: readonly Kind[]): JsonObject | undefined {
  if (path === '/openapi/v2') return { swagger: '2.0', info, paths: {}, definitions: {} };
  if (path === '/openapi/v3') return { paths: Object.fromEntries(groupVersions(served).map(pathEntry)) };
  const match = /^\/openapi\/v3\/(?:api\/(v1)|apis\/([^/]+\/[^/]+))$/.exec(path);
  const groupVersion = match?.[1] ?? match?.[2];
  if (groupVersion === undefined || !groupVersions(served).includes(groupVersion)) return undefined;
  const kinds = served.filter((kind) => apiVersionOf(kind) === groupVersion && !kind.viewOf);
  return {
    openapi: '3.0.0',
    info,
    paths: Object.fromEntries(kinds.map((kind) => patchEntry(kind, groupVersion))),
    components: { schemas: {} },
  };
}

const info = { title: 'Kubernetes (simulated)', version: 'sandbox' };

const rootOf = (groupVersion: string): string =>
  groupVersion.includes('/') ? `apis/${groupVersion}` : `api/${groupVersion}`;

const pathEntry = (groupVersion: string): [string, JsonObject] => [
  rootOf(groupVersion),
  { serverRelativeURL: `/openapi/v3/${rootOf(groupVersion)}` },
];

function patchEntry(kind: Kind, groupVersion: string): [string, JsonObject] {
  const scope = kind.namespaced ? '/namespaces/{namespace}' : '';
  const parameters = ['dryRun', 'fieldManager', 'fieldValidation'].map((name) => ({
    name,
    in: 'query',
    schema: { type: 'string' },
  }));
  return [
    `/${rootOf(groupVersion)}${scope}/${kind.plural}/{name}`,
    {
      patch: {
        parameters,
        responses: { '200': { description: 'OK' } },
        'x-kubernetes-action': 'patch',
        'x-kubernetes-group-version-kind': { group: kind.group, version: kind.version, kind: kind.kind },
      },
    },
  ];
}
