import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { straight, wayToSlack } from '../../../src/slack/wire/way-to-slack.js';
import { type ConnectProxy, startConnectProxy } from '../../support/start-connect-proxy.js';

interface Heard {
  readonly request: IncomingMessage;
  readonly body: string;
}

let server: Server;
let proxy: ConnectProxy;
let url: string;
const heard: Heard[] = [];
beforeAll(async () => {
  proxy = await startConnectProxy();
  server = createServer((request, response) => {
    void text(request).then((body) => {
      heard.push({ request, body });
      const status = Number(/status=(\d+)/.exec(body)?.[1] ?? 200);
      if (body.includes('never')) return;
      response.writeHead(status, { 'retry-after': '7', location: '/elsewhere' });
      response.end(status === 204 ? undefined : '{"ok":true}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/chat.postMessage`;
});
afterAll(async () => {
  await proxy.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const ways = [
  ['straight', () => straight],
  ['through a proxy', () => wayToSlack({ url: proxy.url })],
] as const;

describe.each(ways)('a call to Slack, %s', (_way, open) => {
  const post = (body: string | FormData, signal?: AbortSignal) =>
    open().fetch(url, {
      method: 'POST',
      headers: { authorization: 'Bearer t' },
      body,
      ...(signal && { signal }),
    });

  it('brings what is said, and what is answered', async () => {
    const answer = await post('channel=C1&text=h%C3%A9');
    expect([answer.ok, answer.status, await answer.text()]).toEqual([true, 200, '{"ok":true}']);
    const { request, body } = heard.at(-1) as Heard;
    expect([request.method, request.url, request.headers.authorization, body]).toEqual([
      ...['POST', '/api/chat.postMessage', 'Bearer t', 'channel=C1&text=h%C3%A9'],
    ]);
  });

  it.each([429, 302, 204, 503])(
    'tells of status %d, with its headers, and follows nowhere',
    async (status) => {
      const before = heard.length;
      const answer = await post(`status=${status}`);
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([status, '7']);
      expect(heard.length).toBe(before + 1);
    },
  );

  it('brings a file as one', async () => {
    const form = new FormData();
    form.append('body', new Blob(['a,b\n1,2\n']), 'list.csv');
    form.append('note', 'kept');
    expect((await post(form)).status).toBe(200);
    const { request, body } = heard.at(-1) as Heard;
    expect(request.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
    expect(body).toMatch(/name="body"; filename="list\.csv"[\s\S]*a,b\n1,2\n/);
    expect(body).toMatch(/name="note"\r\n\r\nkept/);
  });

  it('ends when it has taken too long', async () => {
    await expect(post('never', AbortSignal.timeout(50))).rejects.toThrow(/timeout/i);
  });
});

it('a call that reaches nobody says so', async () => {
  const closed = await new Promise<number>((resolve) => {
    const other = createServer().listen(0, '127.0.0.1', () => {
      const { port } = other.address() as AddressInfo;
      other.close(() => resolve(port));
    });
  });
  const nowhere = `http://127.0.0.1:${closed}/api/auth.test`;
  await expect(straight.fetch(nowhere, { method: 'POST', body: 'a=1' })).rejects.toThrow(
    `ECONNREFUSED 127.0.0.1:${closed}`,
  );
});
