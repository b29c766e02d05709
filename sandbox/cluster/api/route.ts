import type { IncomingMessage, ServerResponse } from 'node:http';
import { number } from '../../../src/cluster/fields.js';
import { answerReview } from './admitting/access-review.js';
import { ApiFault, noSuchPath } from './api-fault.js';
import { type ApiAnswer, type ApiRequest, isDryRun, placeOfPath, readBody, verbOf } from './api-request.js';
import { deleteCollection, deleteObject } from './handlers/delete-handlers.js';
import { discoveryDocument, versionDocument } from './handlers/discovery.js';
import { evictPod } from './handlers/eviction.js';
import { type Kind, serviceAccountKind } from './objects/kinds.js';
import { openApiDocument } from './handlers/openapi.js';
import { type LogStore, readPodLog } from './objects/pod-logs.js';
import { type Account, forbidden, isAllowed } from './admitting/rbac.js';
import { getObject, listObjects, type ReadContext } from './handlers/read-handlers.js';
import { selectedName } from './objects/selectors.js';
import type { ServiceTokens } from './admitting/service-tokens.js';
import { watchObjects } from './handlers/watch-handler.js';
import { createObject, patchObject, updateObject, type WriteContext } from './handlers/write-handlers.js';

export interface WriteRecord {
  readonly at: string;
  readonly user: string;
  readonly verb: string;
  readonly path: string;
  readonly dryRun: boolean;
}

export interface RouteOptions extends ReadContext, WriteContext {
  readonly served: readonly Kind[];
  readonly gitVersion: string;
  readonly logs: LogStore;
  readonly tokens: ServiceTokens;
  readonly onWrite: (record: WriteRecord) => void;
  /** Answers made in advance, for measurements: asked before anything is looked up. */
  readonly prepared?: (url: URL) => ApiAnswer | undefined;
}

interface Hit {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  readonly account: Account | undefined;
}

export async function route(hit: Hit, options: RouteOptions): Promise<ApiAnswer | 'streaming'> {
  const { url, account, request } = hit;
  if (/^\/(readyz|livez|healthz)$/.test(url.pathname))
    return { status: 200, body: 'ok', contentType: 'text/plain' };
  if (url.pathname === '/version') return { status: 200, body: versionDocument(options.gitVersion) };
  if (account === undefined) throw new ApiFault(401, 'Unauthorized');
  const prepared = options.prepared?.(url);
  if (prepared) return prepared;
  const document =
    discoveryDocument(url.pathname, options.served) ?? openApiDocument(url.pathname, options.served);
  if (document) return { status: 200, body: document };

  const body = request.method === 'GET' ? undefined : await readBody(request);
  const review = /^\/apis\/auth[a-z]+\.k8s\.io\/v1\/(selfsubject[a-z]+)$/.exec(url.pathname)?.[1];
  if (review !== undefined) return answerReview(review, account, body);
  return serveResource(apiRequestOf(hit, { account, body, served: options.served }), options);
}

function apiRequestOf(
  { request, response, url }: Hit,
  { account, body, served }: { account: Account; body: unknown; served: readonly Kind[] },
): ApiRequest {
  const place = placeOfPath(url.pathname, served);
  if (place === undefined) throw noSuchPath();
  const method = request.method ?? 'GET';
  return {
    ...place,
    method,
    path: url.pathname,
    query: url.searchParams,
    account,
    body,
    contentType: request.headers['content-type'] ?? '',
    accept: request.headers.accept ?? '*/*',
    dryRun: method === 'GET' ? false : isDryRun(url.searchParams, body),
    raw: { request, response },
  };
}

function serveResource(api: ApiRequest, options: RouteOptions): ApiAnswer | 'streaming' {
  if (!/json|\*\/\*|application\/\*|yaml/.test(api.accept) && api.subresource !== 'log')
    throw new ApiFault(
      406,
      'only the following media types are accepted: application/json, application/yaml',
    );
  authorize(api);
  if (verbOf(api) === 'watch') {
    watchObjects(api, options);
    return 'streaming';
  }
  const result = dispatch(api, options);
  if (api.method !== 'GET') {
    options.onWrite({
      at: options.now().toISOString(),
      user: api.account.user,
      verb: verbOf(api),
      path: api.path,
      dryRun: api.dryRun,
    });
  }
  return result;
}

function authorize(api: ApiRequest): void {
  const attempt = {
    verb: verbOf(api),
    group: api.kind.group,
    resource: api.subresource === undefined ? api.kind.plural : `${api.kind.plural}/${api.subresource}`,
    namespace: api.namespace,
    name: api.name ?? selectedName(api.query.get('fieldSelector')),
  };
  if (!isAllowed(api.account, attempt)) throw forbidden(api.account, attempt, api.kind);
}

type Handler = (api: ApiRequest, options: RouteOptions) => ApiAnswer;

const onObject: Readonly<Record<string, Handler>> = {
  GET: getObject,
  PUT: updateObject,
  PATCH: patchObject,
  DELETE: deleteObject,
};
const onCollection: Readonly<Record<string, Handler>> = {
  GET: listObjects,
  POST: createObject,
  DELETE: deleteCollection,
};
const onSubresource: Readonly<Record<string, Readonly<Record<string, Handler>>>> = {
  log: { GET: (api, { store, logs, now }) => readPodLog(api, { store, logs, now }) },
  eviction: { POST: evictPod },
  token: { POST: issueToken },
  status: { GET: getObject, PUT: updateObject, PATCH: patchObject },
};

/** TokenRequest: the one answer that holds a credential. */
function issueToken(
  { namespace = '', name = '', body, dryRun }: ApiRequest,
  { store, tokens }: RouteOptions,
): ApiAnswer {
  store.get(serviceAccountKind, namespace, name);
  const seconds = number(body, 'spec', 'expirationSeconds') ?? 3600;
  if (seconds < 600)
    throw new ApiFault(
      422,
      `TokenRequest.authentication.k8s.io "" is invalid: spec.expirationSeconds: Invalid value: ${seconds}: may not specify a duration less than 10 minutes`,
    );
  const status = dryRun ? { token: '', expirationTimestamp: '' } : tokens.issue({ namespace, name }, seconds);
  return {
    status: 201,
    body: {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenRequest',
      metadata: { name, namespace },
      spec: { expirationSeconds: seconds },
      status: { ...status },
    },
  };
}

function dispatch(api: ApiRequest, options: RouteOptions): ApiAnswer {
  const table =
    api.subresource === undefined
      ? api.name === undefined
        ? onCollection
        : onObject
      : (onSubresource[api.subresource] ?? {});
  const handler = api.kind.viewOf && api.method !== 'GET' ? undefined : table[api.method];
  if (handler === undefined)
    throw new ApiFault(405, 'the server does not allow this method on the requested resource', {
      details: {},
    });
  return handler(api, options);
}
