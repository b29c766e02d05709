import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, expect, it } from '@jest/globals';
import { WebClient } from '@slack/web-api';
import { wireOutcome } from '../../../src/ops/metrics.js';
import { createClients } from '../../../src/slack/wire/create-clients.js';
import { quietLogger } from '../../support/quiet-logger.js';

const open: http.Server[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

it('sends what nests as Slack’s own client does', async () => {
  const heard: string[] = [];
  const server = http.createServer((request, response) => {
    void text(request).then((body) => {
      heard.push(body);
      response.end('{"ok":true,"channel":"C1","ts":"1.1"}');
    });
  });
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`;
  const message = {
    ...{ channel: 'C1', text: 'é & <b>', unfurl_links: false, thread_ts: undefined },
    blocks: [{ type: 'section', text: { type: 'mrkdwn', text: '*x* "y"' } }] as const,
    metadata: { event_type: 'acknet_post', event_payload: { key: 'k' } },
  };
  const plain = new WebClient('xoxb-test', { slackApiUrl: apiUrl });
  for (const client of [plain, createClients({ token: 'xoxb-test', apiUrl, logger: quietLogger() }).posts])
    await client.chat.postMessage(message as never);
  expect(heard[1]).toBe(heard[0]);
  expect(heard[0]).toContain('blocks=%5B%7B%22type');
});

async function clientsOf(answers: readonly (number | 'hang up')[]) {
  const left = [...answers];
  const server = http.createServer((request, response) => {
    const answer = left.shift() ?? 200;
    if (answer === 'hang up') return void response.destroy();
    response.writeHead(answer, { 'content-type': 'application/json', 'retry-after': '0' });
    const upload_url = `http://${request.headers.host}/upload/v1/a-right-to-upload`;
    response.end(JSON.stringify({ ok: answer === 200, upload_url, file_id: 'F1', files: [] }));
  });
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const counted: string[] = [];
  const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`;
  const clients = createClients({
    token: 'xoxb-test',
    apiUrl,
    logger: quietLogger(),
    onCall: (method, status) => counted.push(`${method} ${wireOutcome(status)}`),
  });
  return { clients, counted };
}

it('counts each try of a Slack method, by how HTTP ended it', async () => {
  const { clients, counted } = await clientsOf([503, 'hang up', 200]);
  await clients.replies.auth.test();
  expect(counted).toEqual(['auth.test failed', 'auth.test failed', 'auth.test ok']);
});

it('counts a rate limit as one, also where the client does not wait for it', async () => {
  const { clients, counted } = await clientsOf([429]);
  await expect(clients.edits.chat.update({ channel: 'C1', ts: '1.1', text: 'x' })).rejects.toThrow();
  expect(counted).toEqual(['chat.update throttled']);
});

it('does not take the address that a file is put to for the name of a method', async () => {
  const { clients, counted } = await clientsOf([]);
  await clients.posts.filesUploadV2({ channel_id: 'C1', filename: 'a.txt', content: 'a' });
  expect(counted).toEqual([
    'files.getUploadURLExternal ok',
    'file upload ok',
    'files.completeUploadExternal ok',
  ]);
});

it.each([
  [200, 'ok'],
  [404, 'refused'],
  [429, 'throttled'],
  [500, 'failed'],
  [undefined, 'failed'],
] as const)('HTTP status %s is counted as %s', (status, outcome) => {
  expect(wireOutcome(status)).toBe(outcome);
});
