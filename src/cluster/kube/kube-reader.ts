import pRetry from 'p-retry';
import { AcknetError, isAcknetError } from '../../errors.js';
import { isObject, list, text } from '../fields.js';
import type {
  ClusterReader,
  JsonObject,
  ListScope,
  PodLogRequest,
  Resource,
  ServerVersion,
} from '../ports.js';
import { redact } from '../redact.js';
import { apiError } from './api-error.js';
import { apiPath } from './api-paths.js';
import type { Connection, KubeRequest } from './connection.js';

export interface ReaderOptions {
  readonly signal: AbortSignal;
  readonly pageSize: number;
  /** Further tries after a failure that may pass. */
  readonly retries: number;
}

export function createKubeReader(connection: Connection, options: ReaderOptions): ClusterReader {
  const read = (request: Omit<KubeRequest, 'method' | 'signal'>) => readText(connection, request, options);

  return {
    cluster: connection.cluster,
    list: (resource, scope = {}) => listPages(connection, resource, scope, options),
    get: async (resource, place) =>
      resource.project(parseObject(connection, await read({ path: apiPath(resource, place) }))),
    podLog: (request) => read(logRequest(request)).then(redact),
    serverVersion: async () => versionOf(parseObject(connection, await read({ path: '/version' }))),
  };
}

/** One page's text. Retries what may pass: time-outs, 429, 5xx, a cut connection. */
function readText(
  connection: Connection,
  request: Omit<KubeRequest, 'method' | 'signal'>,
  { signal, retries }: ReaderOptions,
): Promise<string> {
  const full: KubeRequest = { ...request, method: 'GET', signal };
  const attempt = async (): Promise<string> => {
    const response = await connection.send(full);
    if (response.status >= 300) throw await apiError(connection.cluster, full, response);
    return response.body.text().catch((cause: unknown) => {
      throw new AcknetError(
        'cluster.unreachable',
        `Cluster ${connection.cluster}: the answer for ${request.path} broke off.`,
        { cause },
      );
    });
  };
  return pRetry(attempt, {
    retries,
    minTimeout: 100,
    maxTimeout: 2000,
    signal,
    shouldRetry: ({ error }) => isAcknetError(error) && error.retry && error.code !== 'cluster.gone',
  });
}

async function listPages<V>(
  connection: Connection,
  resource: Resource<V>,
  scope: ListScope,
  options: ReaderOptions,
): Promise<readonly V[]> {
  try {
    return await listOnce(connection, resource, scope, options);
  } catch (error) {
    // The continue token outlived the server's history: start over, once.
    if (isAcknetError(error, 'cluster.gone')) return listOnce(connection, resource, scope, options);
    throw error;
  }
}

async function listOnce<V>(
  connection: Connection,
  resource: Resource<V>,
  scope: ListScope,
  options: ReaderOptions,
): Promise<readonly V[]> {
  const { namespace, labelSelector, fieldSelector } = scope;
  const page = (token: string | undefined) =>
    readText(
      connection,
      {
        path: apiPath(resource, { namespace }),
        query: { limit: String(options.pageSize), labelSelector, fieldSelector, continue: token },
      },
      options,
    );

  const views: V[] = [];
  let next: Promise<string> | undefined = page(undefined);
  while (next !== undefined) {
    const body: string = await next;
    // The token stands before the items, so the next page travels while this one is parsed.
    const early = /^[^[]{0,600}?"continue":"([^"]+)"/.exec(body)?.[1];
    next = early === undefined ? undefined : page(early);
    next?.catch(() => undefined);
    const parsed = parseObject(connection, body);
    for (const item of list(parsed, 'items')) if (isObject(item)) views.push(resource.project(item));
    const late = text(parsed, 'metadata', 'continue');
    if (next === undefined && late) next = page(late);
  }
  return views;
}

function parseObject(connection: Connection, body: string): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch (cause) {
    throw malformed(connection, cause);
  }
  if (!isObject(value)) throw malformed(connection);
  return value;
}

const malformed = (connection: Connection, cause?: unknown): AcknetError =>
  new AcknetError(
    'cluster.malformed',
    `Cluster ${connection.cluster}: the API server's answer is not a JSON object.`,
    {
      cause,
      hint: 'Something between acknet and the API server (a proxy, a login page) may be answering instead.',
    },
  );

const logRequest = (request: PodLogRequest): Omit<KubeRequest, 'method' | 'signal'> => ({
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
