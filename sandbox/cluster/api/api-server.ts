import http, {
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import https from 'node:https';
import type { ServingCertificate } from '../serving-certificate.js';
import { ApiFault } from './api-fault.js';
import type { ApiAnswer } from './api-request.js';
import type { FaultEffect, Faults } from './faults.js';
import { tell } from './lies.js';
import type { Account } from './admitting/rbac.js';
import { type RouteOptions, route } from './route.js';

interface ApiServerOptions extends RouteOptions {
  /** Absent = plain HTTP, for measurements. */
  readonly certificate?: ServingCertificate;
  readonly faults: Faults;
  readonly accountOf: (token: string) => Account | undefined;
}

/** The API server itself; listens when told to. */
export function createApiServer(options: ApiServerOptions): Server {
  const listener: RequestListener = (request, response) => {
    void serve(request, response, options).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else answer(response, faultAnswer(error));
    });
  };
  const server = options.certificate
    ? https.createServer(options.certificate, listener)
    : http.createServer(listener);
  server.keepAliveTimeout = 5000;
  return server;
}

function faultAnswer(error: unknown): ApiAnswer {
  const fault =
    error instanceof ApiFault ? error : new ApiFault(500, `Internal error occurred: ${String(error)}`);
  return { status: fault.status, body: fault.toStatus() };
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  options: ApiServerOptions,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://sandbox');
  const effect = options.faults.take(request.method ?? 'GET', url.pathname);
  if (effect?.kind === 'delay') await new Promise((resolve) => setTimeout(resolve, effect.ms));
  const loses = effect && losses.has(effect.kind) ? (effect as Loss) : undefined;
  if (loses && !loses.after) return spoil(response, loses);
  const ahead = effect?.kind === 'clock' ? effect.aheadMs : 0;
  response.setHeader('date', new Date(options.now().getTime() + ahead).toUTCString());

  const account = authenticate(request, options);
  const result = await route({ request, response, url, account }, options).catch((error: unknown) => {
    if (effect?.kind === 'lie') return faultAnswer(error);
    throw error;
  });
  if (result === 'streaming') return;
  if (loses) return spoil(response, loses);
  answer(response, effect?.kind === 'lie' ? tell(effect.lie, result) : result);
}

type Loss = Extract<FaultEffect, { readonly after?: boolean }>;
const losses: ReadonlySet<FaultEffect['kind']> = new Set(['status', 'hang', 'cut']);

function spoil(response: ServerResponse, effect: Loss): void {
  if (effect.kind === 'hang') return;
  if (effect.kind === 'cut') return void response.destroy();
  throw new ApiFault(effect.status, effect.message ?? 'injected by the sandbox');
}

/** undefined = anonymous. A token that nobody has is refused at once. */
function authenticate(request: IncomingMessage, { accountOf }: ApiServerOptions): Account | undefined {
  const header = request.headers.authorization;
  if (header === undefined) return undefined;
  const token = /^Bearer (.+)$/.exec(header)?.[1];
  const account = token === undefined ? undefined : accountOf(token);
  if (account === undefined) throw new ApiFault(401, 'Unauthorized');
  return account;
}

function answer(
  response: ServerResponse,
  { status, body, contentType = 'application/json', contentEncoding }: ApiAnswer,
): void {
  if (contentEncoding !== undefined) response.setHeader('content-encoding', contentEncoding);
  response.writeHead(status, { 'content-type': contentType });
  response.end(typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body));
}
