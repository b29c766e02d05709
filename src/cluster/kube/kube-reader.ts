import { isAcknetError } from '../../errors.js';
import { text } from '../fields.js';
import type { ClusterReader, Resource } from '../ports.js';
import { faultOfMissingApi } from './reads/api-discovery.js';
import { NoSuchPath } from './answers/api-error.js';
import { apiPath, apiVersionOf } from './api-paths.js';
import { isNamed } from './reads/collect-views.js';
import type { Connection } from './connecting/connection.js';
import { listPages } from './reads/list-pages.js';
import { type ReadLimits, readLimits } from './answers/read-limits.js';
import { podApi, readLog } from './reads/read-log.js';
import { readObject } from './reads/read-object.js';
import { createRetryingReads, type RetryingReads } from './reads/retrying-reads.js';
import { createServerClock } from './server-clock.js';
import { readVersion } from './reads/server-version.js';

interface ReaderOptions {
  readonly signal: AbortSignal;
  readonly pageSize: number;
  /** Further tries after a failure that may pass. */
  readonly retries: number;
  /** Counts milliseconds, evenly, from anywhere. */
  readonly watch: () => number;
  readonly limits?: ReadLimits | undefined;
}

export function createKubeReader(connection: Connection, options: ReaderOptions): ClusterReader {
  const { watch, limits = readLimits } = options;
  const clock = createServerClock(watch);
  const reads = createRetryingReads(connection, { ...options, limits, clock });
  /** A 404 that names no object is looked into: only an API that is not served is absent. */
  const served = async <T>(resource: ApiPlace, read: Promise<T>): Promise<T> => {
    try {
      return await read;
    } catch (error) {
      if (isAcknetError(error) && error.cause instanceof NoSuchPath)
        throw await faultOfMissingApi(reads, resource, error);
      throw error;
    }
  };

  return {
    cluster: connection.cluster,
    list: (resource, scope = {}) =>
      served(resource, listPages(reads, resource, { scope, pageSize: options.pageSize })),
    get: (resource, place) => served(resource, getObject(reads, resource, place)),
    podLog: (request) => served(podApi, readLog(reads, request)),
    serverVersion: () => readVersion(reads),
    serverNow: clock.now,
  };
}

type ApiPlace = Parameters<typeof faultOfMissingApi>[1];

/** The very object that was asked for. */
async function getObject<V>(
  reads: RetryingReads,
  resource: Resource<V>,
  { namespace, name }: { readonly namespace?: string | undefined; readonly name: string },
): Promise<V> {
  const apiVersion = apiVersionOf(resource);
  const { group, plural, kind } = resource;
  const request = { path: apiPath(resource, { namespace, name }), about: { group, plural, name } };
  const raw = await readObject(reads, request, {
    wanted: `that ${apiVersion} ${kind}`,
    is: (value) =>
      value.kind === kind &&
      value.apiVersion === apiVersion &&
      isNamed(value.metadata, resource.namespaced ? namespace : undefined) &&
      text(value, 'metadata', 'name') === name,
  });
  return resource.project(raw);
}
