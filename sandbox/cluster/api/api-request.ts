import type { IncomingMessage, ServerResponse } from 'node:http';
import { parse } from 'yaml';
import { isObject, strings } from '../../../src/cluster/fields.js';
import type { JsonObject } from '../../../src/cluster/ports.js';
import { ApiFault, badRequest } from './api-fault.js';
import { apiVersionOf, type Kind } from './objects/kinds.js';
import { decodeProtobuf } from './patches/protobuf-body.js';
import type { Account } from './admitting/rbac.js';

/** One request to a resource, taken apart. */
export interface ApiRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly kind: Kind;
  readonly namespace: string | undefined;
  readonly name: string | undefined;
  readonly subresource: string | undefined;
  readonly account: Account;
  readonly contentType: string;
  readonly accept: string;
  readonly body: unknown;
  readonly dryRun: boolean;
  readonly raw: { readonly request: IncomingMessage; readonly response: ServerResponse };
}

export interface ApiAnswer {
  readonly status: number;
  readonly body: JsonObject | string | Buffer;
  readonly contentType?: string;
  readonly contentEncoding?: string;
}

type Place = Pick<ApiRequest, 'kind' | 'namespace' | 'name' | 'subresource'>;

const RESOURCE_PATH =
  /^\/(?:api\/(v1)|apis\/([^/]+\/[^/]+))(?:\/namespaces\/([^/]+))?\/([^/]+)(?:\/([^/]+))?(?:\/([^/]+))?$/;

/** undefined = no such resource is served. */
export function placeOfPath(path: string, served: readonly Kind[]): Place | undefined {
  const namespaces = /^\/api\/v1\/namespaces(?:\/([^/]+))?$/.exec(path);
  const match = namespaces
    ? [path, 'v1', undefined, undefined, 'namespaces', namespaces[1], undefined]
    : RESOURCE_PATH.exec(path);
  if (!match) return undefined;
  const [, core, grouped, namespace, plural, name, subresource] = match.map((part) =>
    part === undefined ? undefined : decodeURIComponent(part),
  );
  const kind = served.find((entry) => apiVersionOf(entry) === (core ?? grouped) && entry.plural === plural);
  if (kind === undefined || (namespace !== undefined && !kind.namespaced)) return undefined;
  if (name !== undefined && kind.namespaced && namespace === undefined) return undefined;
  if (subresource !== undefined && !kind.subresources?.includes(subresource)) return undefined;
  return { kind, namespace, name, subresource };
}

/** The decoded body: JSON, YAML, and the few messages of `protobuf-body`; anything else is refused with 415. */
export async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  if (bytes.length === 0) return undefined;
  const type = request.headers['content-type'] ?? 'application/json';
  const decoded = type.includes('protobuf') ? decodeProtobuf(bytes) : undefined;
  if (decoded !== undefined) return decoded;
  if (/protobuf|cbor/.test(type))
    throw new ApiFault(
      415,
      'the body of the request was in an unknown format - accepted media types include: application/json, application/yaml',
      { details: {} },
    );
  const body = bytes.toString('utf8');
  try {
    return type.includes('yaml') ? (parse(body) as unknown) : (JSON.parse(body) as unknown);
  } catch (cause) {
    throw badRequest(`the object provided is unrecognized: ${(cause as Error).message}`);
  }
}

const isWatch = (query: URLSearchParams): boolean => /^(true|1)$/.test(query.get('watch') ?? '');

/** The RBAC verb a request needs. */
export function verbOf({ method, name, query }: Pick<ApiRequest, 'method' | 'name' | 'query'>): string {
  if (method === 'GET') return isWatch(query) ? 'watch' : name === undefined ? 'list' : 'get';
  if (method === 'DELETE') return name === undefined ? 'deletecollection' : 'delete';
  return { POST: 'create', PUT: 'update', PATCH: 'patch' }[method] ?? method.toLowerCase();
}

export function isDryRun(query: URLSearchParams, body: unknown): boolean {
  const asked = [...query.getAll('dryRun'), ...(isObject(body) ? strings(body, 'dryRun') : [])];
  if (asked.some((value) => value !== 'All'))
    throw badRequest(`Invalid value: "${asked[0]}": dryRun: Unsupported value: supported values: "All"`);
  return asked.length > 0;
}
