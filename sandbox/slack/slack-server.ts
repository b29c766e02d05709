import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { WebSocketServer } from 'ws';
import { type Answer, callMethod, type Desk } from './requests/call-method.js';
import { contentOf } from './methods/chat.js';
import { readArguments, readBytes } from './requests/read-request.js';
import { respond } from './requests/respond.js';
import { SlackApiError } from './requests/slack-api-error.js';
import type { SocketHub } from './socket/socket-hub.js';

interface Parts {
  readonly desk: Desk;
  readonly hub: SocketHub;
  /** True once for each ticket that apps.connections.open gave out. */
  takeTicket(ticket: string): boolean;
}

/** Slack's addresses: `/api/<method>`, `/hooks/…` (response_url), `/upload/<file>` and the WebSocket `/link`. */
export function createSlackServer(parts: Parts): Server {
  const scopes = parts.desk.world.seed.app.scopes.join(',');
  const server = createServer((request, response) => {
    response.setHeader('x-oauth-scopes', scopes);
    route(parts, request).then(
      (answer) => send(response, answer),
      (error: unknown) => send(response, { status: 500, body: { ok: false, error: String(error) } }),
    );
  });
  const sockets = new WebSocketServer({ noServer: true });
  server.on('upgrade', (request, socket, head) => {
    const url = new URL(request.url ?? '/', 'http://slack.invalid');
    if (!url.pathname.startsWith('/link') || !parts.takeTicket(url.searchParams.get('ticket') ?? '')) {
      socket.end('HTTP/1.1 408 Request Timeout\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (client) => parts.hub.accept(client));
  });
  return server;
}

async function route(parts: Parts, request: IncomingMessage): Promise<Answer> {
  const [pathname = ''] = (request.url ?? '/').split('?', 1);
  const [, area = '', ...rest] = pathname.split('/');
  const tail = rest.join('/');
  if (area === 'api')
    return callMethod(parts.desk, {
      name: tail,
      args: await readArguments(request),
      authorization: request.headers.authorization,
    });
  if (area === 'hooks') return takeResponse(parts.desk, `/${tail}`, await readArguments(request));
  if (area === 'upload') return upload(parts.desk, tail, await readBytes(request));
  return { status: 404, body: { ok: false, error: 'not_found' } };
}

function takeResponse({ world }: Desk, path: string, body: Record<string, unknown> | undefined): Answer {
  const target = world.responseUrls.use(path);
  if (typeof target === 'string') return { status: 404, body: { ok: false, error: target } };
  if (body === undefined) return { status: 400, body: { ok: false, error: 'invalid_payload' } };
  try {
    const removes = body.delete_original === true || body.delete_original === 'true';
    respond(world, target, { ...body, content: removes ? { text: '' } : contentOf(body) });
    return { status: 200, body: { ok: true } };
  } catch (error) {
    if (error instanceof SlackApiError) return { status: 400, body: error.body };
    throw error;
  }
}

function upload({ world }: Desk, id: string, bytes: Buffer): Answer {
  const file = world.files.get(id);
  if (file === undefined || file.uploaded)
    return { status: 404, body: { ok: false, error: 'file_not_found' } };
  if (bytes.length !== file.length)
    return { status: 400, body: { ok: false, error: `expected ${file.length} bytes, got ${bytes.length}` } };
  file.content = bytes;
  file.uploaded = true;
  return { status: 200, body: { ok: true, received: bytes.length } };
}

function send(response: ServerResponse, { status, body, retryAfterSeconds, lost }: Answer): void {
  if (lost) {
    response.destroy();
    return;
  }
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }),
  });
  response.end(JSON.stringify(body));
}
