import { AcknetError, type ErrorCode } from '../../../errors.js';
import { mask } from '../../../masking/mask.js';
import { number, text } from '../../fields.js';
import type { KubeRequest, KubeResponse, ObjectPlace } from '../kube-request.js';
import { describeAnswer, describeText, oddAnswer } from './odd-answer.js';
import { readBody } from './read-body.js';
import { readLimits } from './read-limits.js';

const verbs = { GET: 'read', POST: 'create', PATCH: 'patch', DELETE: 'delete' } as const;

const describe = (cluster: string, { method, path }: Pick<KubeRequest, 'method' | 'path'>): string =>
  `Cluster ${cluster}: could not ${verbs[method]} ${path}`;

/** The cause of the fault that a 404 is which is not about the object asked for: whether its API is served, discovery must say. */
export class NoSuchPath extends Error {}

/** The typed error for an answer that is not a success; reads the Status object in its body. */
export async function apiError(
  cluster: string,
  request: KubeRequest,
  response: KubeResponse,
): Promise<AcknetError> {
  const read = await readBody(response.body, readLimits.errorBytes).catch(() => undefined);
  const body = read?.bytes.toString() ?? '';
  const status = parse(body);
  const message =
    mask((text(status, 'message') ?? body).slice(0, MESSAGE_LENGTH)) || `HTTP ${response.status}`;
  if (response.status < 400 || (response.status === 404 && !isAbout(status, request.about)))
    return oddAnswer(cluster, {
      path: request.path,
      wanted: 'that of an API server',
      got: `HTTP ${response.status} with ${describeBody(status, body, response)}`,
      cause: response.status === 404 ? new NoSuchPath() : undefined,
    });
  const code = codeOf(response.status, message);
  return new AcknetError(code, `${describe(cluster, request)}: ${message}`, { ...hintFor(code) });
}

const MESSAGE_LENGTH = 1000;

const describeBody = (status: unknown, body: string, { headers }: KubeResponse): string =>
  status === undefined ? describeText(body, headers['content-type']?.toString()) : describeAnswer(status);

/** The very words by which an API server says that this one object does not exist. */
function isAbout(status: unknown, about: ObjectPlace | undefined): boolean {
  return (
    about?.name !== undefined &&
    text(status, 'kind') === 'Status' &&
    text(status, 'apiVersion') === 'v1' &&
    text(status, 'status') === 'Failure' &&
    text(status, 'reason') === 'NotFound' &&
    number(status, 'code') === 404 &&
    text(status, 'details', 'name') === about.name &&
    text(status, 'details', 'kind') === about.plural &&
    (text(status, 'details', 'group') ?? '') === about.group
  );
}

function codeOf(status: number, message: string): ErrorCode {
  if (status === 401) return 'cluster.unauthorized';
  if (status === 403) return 'cluster.forbidden';
  if (status === 404) return 'cluster.not-found';
  if (status === 409 || status === 412) return 'cluster.conflict';
  if (status === 410) return 'cluster.gone';
  // The API server answers a failed JSON Patch `test` with 422 and this text.
  if (
    status === 422 &&
    /\btest(ing)? (operation|path|value)\b|\btest failed\b|the server rejected our request/i.test(message)
  )
    return 'cluster.conflict';
  if (status === 429 && /disruption budget/i.test(message)) return 'cluster.rejected';
  if (status === 429 || status >= 500) return 'cluster.failed';
  return 'cluster.rejected';
}

const hints: Partial<Record<ErrorCode, string>> = {
  'cluster.forbidden': 'Grant what `acknet rbac` prints to the credential named in acknet.yaml.',
  'cluster.unauthorized': 'The credential is not accepted: renew it or correct the kubeconfig.',
  'cluster.unreachable':
    'Check the server address in the kubeconfig and the network between acknet and the cluster.',
  'cluster.timed-out':
    'The API server is slow or not reachable; try again, or raise checks.requestTimeoutSeconds.',
};

const hintFor = (code: ErrorCode): { hint?: string } => {
  const hint = hints[code];
  return hint === undefined ? {} : { hint };
};

interface Sending {
  readonly cluster: string;
  readonly request: KubeRequest;
  readonly timeoutMs: number;
}

/** What went wrong before there was an answer. An abort by the caller passes through as it is. */
export function transportError(error: unknown, { cluster, request, timeoutMs }: Sending): unknown {
  if (error instanceof AcknetError || request.signal.aborted) return error;
  const name = typeof error === 'object' && error !== null && 'name' in error ? String(error.name) : '';
  const late = /Timeout/.test(name);
  const code = late ? 'cluster.timed-out' : 'cluster.unreachable';
  const detail = late ? `no answer within ${timeoutMs} ms` : reason(error);
  return new AcknetError(code, `${describe(cluster, request)}: ${detail}`, {
    cause: error,
    ...hintFor(code),
  });
}

function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const inner = (error instanceof AggregateError ? error.errors[0] : error) as NodeJS.ErrnoException;
  // undici's codes (`UND_ERR_ABORTED`) say less than its words.
  const { code = '', message } = inner;
  const refused = /^Proxy response \((\d+)\)/.exec(message)?.[1];
  if (refused !== undefined) return `the proxy answered ${refused}`;
  return mask(code === '' || code.startsWith('UND_ERR') ? message : code);
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
