import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import { reviewAccess } from './access-review.js';
import { ApiFault, noSuchPath } from './api-fault.js';
import { type ApiAnswer, type ApiRequest, isDryRun, placeOfPath, readBody, verbOf } from './api-request.js';
import { discoveryDocument } from './discovery.js';
import type { Faults } from './faults.js';
import type { Kind } from './kinds.js';
import { type LogStore, readPodLog } from './pod-logs.js';
import { type Account, forbidden, isAllowed } from './rbac.js';
import { getObject, listObjects, type ReadContext, watchObjects } from './read-handlers.js';
import { selectedName } from './selectors.js';
import {
  createObject,
  deleteCollection,
  deleteObject,
  evictPod,
  patchObject,
  updateObject,
} from './write-handlers.js';

export interface WriteRecord {
  readonly at: string;
  readonly user: string;
  readonly verb: string;
  readonly path: string;
  readonly dryRun: boolean;
}

export interface ApiServerOptions extends ReadContext {
  readonly served: readonly Kind[];
  readonly gitVersion: string;
  readonly logs: LogStore;
  readonly faults: Faults;
  readonly accountOf: (token: string) => Account | undefined;
  readonly onWrite: (record: WriteRecord) => void;
}

/** The API server itself; listens when told to. */
export function createApiServer(options: ApiServerOptions): http.Server {
  const server = http.createServer((request, response) => {
    void serve(request, response, options).catch((error: unknown) => {
      const fault =
        error instanceof ApiFault ? error : new ApiFault(500, `Internal error occurred: ${String(error)}`);
      if (response.headersSent) response.destroy();
      else answer(response, { status: fault.status, body: fault.toStatus() });
    });
  });
  server.keepAliveTimeout = 5000;
  return server;
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  options: ApiServerOptions,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://sandbox');
  const effect = options.faults.take(request.method ?? 'GET', url.pathname);
  if (effect?.kind === 'hang') return;
  if (effect?.kind === 'cut' && !effect.after) return void response.destroy();
  if (effect?.kind === 'status')
    throw new ApiFault(effect.status, effect.message ?? 'injected by the sandbox');
  if (effect?.kind === 'delay') await new Promise((resolve) => setTimeout(resolve, effect.ms));

  const account = authenticate(request, options);
  const result = await route(request, response, { url, account, options });
  if (result === 'streaming') return;
  if (effect?.kind === 'cut') return void response.destroy();
  answer(response, result);
}

function authenticate(request: IncomingMessage, { accountOf }: ApiServerOptions): Account {
  const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
  const account = token === undefined ? undefined : accountOf(token);
  if (account === undefined) throw new ApiFault(401, 'Unauthorized');
  return account;
}

interface Hit {
  readonly url: URL;
  readonly account: Account;
  readonly options: ApiServerOptions;
}

async function route(
  request: IncomingMessage,
  response: ServerResponse,
  hit: Hit,
): Promise<ApiAnswer | 'streaming'> {
  const { url, account, options } = hit;
  const method = request.method ?? 'GET';
  if (/^\/(readyz|livez|healthz)$/.test(url.pathname))
    return { status: 200, body: 'ok', contentType: 'text/plain' };
  const document = discoveryDocument(url.pathname, options.served, options.gitVersion);
  if (document) return { status: 200, body: document };

  const body = method === 'GET' ? undefined : await readBody(request);
  if (url.pathname === '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews')
    return reviewAccess(account, body);

  const place = placeOfPath(url.pathname, options.served);
  if (place === undefined) throw noSuchPath();
  const api: ApiRequest = {
    ...place,
    method,
    path: url.pathname,
    query: url.searchParams,
    account,
    body,
    contentType: request.headers['content-type'] ?? '',
    accept: request.headers.accept ?? '',
    dryRun: method === 'GET' ? false : isDryRun(url.searchParams, body),
    raw: { request, response },
  };
  authorize(api);
  if (verbOf(api) === 'watch') {
    watchObjects(api, options);
    return 'streaming';
  }
  const result = dispatch(api, options);
  if (method !== 'GET') {
    options.onWrite({
      at: options.now().toISOString(),
      user: account.user,
      verb: verbOf(api),
      path: api.path,
      dryRun: api.dryRun,
    });
  }
  return result;
}

function authorize(api: ApiRequest): void {
  const name = api.name ?? selectedName(api.query.get('fieldSelector'));
  const attempt = {
    verb: verbOf(api),
    group: api.kind.group,
    resource: api.subresource === undefined ? api.kind.plural : `${api.kind.plural}/${api.subresource}`,
    namespace: api.namespace,
    name,
  };
  if (!isAllowed(api.account, attempt)) throw forbidden(api.account, attempt, api.kind);
}

function dispatch(api: ApiRequest, options: ApiServerOptions): ApiAnswer {
  const { store, logs } = options;
  if (api.subresource === 'log') return readPodLog(api, store, logs);
  if (api.subresource === 'eviction') return evictPod(api, store);
  const handlers: Readonly<Record<string, () => ApiAnswer>> = {
    list: () => listObjects(api, options),
    get: () => getObject(api, options),
    create: () => createObject(api, store),
    update: () => updateObject(api, store),
    patch: () => patchObject(api, store),
    delete: () => deleteObject(api, store),
    deletecollection: () => deleteCollection(api, store),
  };
  const handler = handlers[api.subresource !== undefined && api.method === 'POST' ? 'none' : verbOf(api)];
  if (handler === undefined)
    throw new ApiFault(405, 'the server does not allow this method on the requested resource');
  return handler();
}

function answer(
  response: ServerResponse,
  { status, body, contentType = 'application/json' }: ApiAnswer,
): void {
  response.writeHead(status, { 'content-type': contentType });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}
