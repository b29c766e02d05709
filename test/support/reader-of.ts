import type { ClusterReader, JsonObject, ListScope, Resource } from '../../src/cluster/ports.js';
import { AcknetError } from '../../src/errors.js';

export interface InMemoryCluster {
  readonly objects: readonly JsonObject[];
  readonly version?: string;
  /** The server's time; absent = it tells none. */
  readonly now?: () => Date;
  /** Container logs by `<pod>/<container>`; the run before under `<pod>/<container>/previous`. */
  readonly logs?: Readonly<Record<string, string>>;
  /** When each line of them was said; absent = two minutes before the tests' moment. */
  readonly saidAt?: Readonly<Record<string, readonly string[]>>;
  /** What may not be read: a plural (`events`), one object (`configmaps/eni-config-fixed`), or `pods/log`. */
  readonly forbidden?: readonly string[];
}

const meta = (object: JsonObject): { name?: string; namespace?: string; labels?: Record<string, string> } =>
  (object.metadata ?? {}) as never;

const LATELY = '2026-11-24T02:58:00Z';
const stamped = (log: string, times: readonly string[]): string =>
  log === ''
    ? ''
    : log
        .split('\n')
        .map((line, index) => `${times[index] ?? LATELY} ${line}`)
        .join('\n');

/** A ClusterReader over raw objects, projected by the very views that the real one uses. */
export function readerOf({
  objects,
  version = 'v1.31.1-aliyun.1',
  now,
  logs = {},
  saidAt = {},
  forbidden = [],
}: InMemoryCluster): ClusterReader {
  const of = <V>(resource: Resource<V>, scope: ListScope): JsonObject[] => {
    if (forbidden.includes(resource.plural))
      throw new AcknetError('cluster.forbidden', `may not list ${resource.plural}`);
    const apiVersion = resource.group === '' ? resource.version : `${resource.group}/${resource.version}`;
    return objects.filter(
      (object) =>
        object.kind === resource.kind &&
        object.apiVersion === apiVersion &&
        (scope.namespace === undefined || meta(object).namespace === scope.namespace),
    );
  };
  const [, major = '0', minor = '0'] = /(\d+)\.(\d+)/.exec(version) ?? [];
  return {
    cluster: 'cluster-x',
    list: async (resource, scope = {}) => of(resource, scope).map((object) => resource.project(object)),
    get: async (resource, { namespace, name }) => {
      if (forbidden.includes(`${resource.plural}/${name}`))
        throw new AcknetError('cluster.forbidden', `may not get ${resource.plural} "${name}"`);
      const found = of(resource, namespace === undefined ? {} : { namespace }).find(
        (object) => meta(object).name === name,
      );
      if (found === undefined)
        throw new AcknetError('cluster.not-found', `${resource.plural} "${name}" not found`);
      return resource.project(found);
    },
    podLog: async ({ pod, container, previous, timestamps }) => {
      if (forbidden.includes('pods/log')) throw new AcknetError('cluster.forbidden', 'may not get pods/log');
      const key = `${pod}/${container}`;
      const said = logs[key] ?? '';
      if (previous !== true) return timestamps === true ? stamped(said, saidAt[key] ?? []) : said;
      const before = logs[`${key}/previous`];
      if (before !== undefined) return before;
      throw new AcknetError('cluster.rejected', `previous terminated container "${container}" not found`);
    },
    serverVersion: async () => ({ major: Number(major), minor: Number(minor), gitVersion: version }),
    serverNow: () => now?.(),
  };
}
