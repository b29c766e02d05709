import { isObject, text } from '../fields.js';
import type { ClusterReader, JsonObject, PodLogRequest, ServerVersion } from '../ports.js';
import { redact } from '../redact.js';
import { apiPath } from './api-paths.js';
import type { Connection } from './connection.js';
import { listPages } from './list-pages.js';
import { decode } from './page-parser.js';
import { createRetryingReads, malformed, type ReadRequest } from './retrying-reads.js';

export interface ReaderOptions {
  readonly signal: AbortSignal;
  readonly pageSize: number;
  /** Further tries after a failure that may pass. */
  readonly retries: number;
}

export function createKubeReader(connection: Connection, options: ReaderOptions): ClusterReader {
  const reads = createRetryingReads(connection, options);
  const { cluster } = connection;
  const read = async (request: ReadRequest): Promise<string> => decode(await reads.read(request));

  return {
    cluster,
    list: (resource, scope = {}) => listPages(reads, resource, { scope, pageSize: options.pageSize }),
    get: async (resource, place) =>
      resource.project(parseObject(cluster, await read({ path: apiPath(resource, place) }))),
    podLog: (request) => read(logRequest(request)).then(redact),
    serverVersion: async () => versionOf(parseObject(cluster, await read({ path: '/version' }))),
  };
}

function parseObject(cluster: string, body: string): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch (cause) {
    throw malformed(cluster, cause);
  }
  if (!isObject(value)) throw malformed(cluster);
  return value;
}

const logRequest = (request: PodLogRequest): ReadRequest => ({
  path: `${apiPath({ group: '', version: 'v1', plural: 'pods' }, { namespace: request.namespace, name: request.pod })}/log`,
  query: {
    container: request.container,
    limitBytes: String(request.limitBytes),
    tailLines: request.tailLines === undefined ? undefined : String(request.tailLines),
    sinceTime: request.sinceTime,
    previous: request.previous ? 'true' : undefined,
    timestamps: request.timestamps ? 'true' : undefined,
  },
});

function versionOf(body: JsonObject): ServerVersion {
  const digits = (key: string): number => Number.parseInt(text(body, key) ?? '', 10) || 0;
  return { major: digits('major'), minor: digits('minor'), gitVersion: text(body, 'gitVersion') ?? '' };
}
