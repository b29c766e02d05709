import { afterEach, describe, expect, it } from '@jest/globals';
import { HTTPReceiver } from '@slack/bolt';
import { signedHeaders } from '../../sandbox/slack/http/signed-headers.js';
import { createInboundServer } from '../../src/intake/create-inbound-server.js';
import { slackLogger } from '../../src/slack/wire/slack-logger.js';
import { quietLogger } from '../support/quiet-logger.js';

const open: { close(): Promise<void> }[] = [];
afterEach(() => Promise.all(open.splice(0).map((server) => server.close())));

const secret = 'a-signing-secret-for-tests';
const json = { 'content-type': 'application/json' };
const form = { 'content-type': 'application/x-www-form-urlencoded' };
const event = JSON.stringify({ type: 'event_callback', event_id: 'Ev1', event: { type: 'message' } });

interface Asked {
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Seconds that the request is dated away from now. */
  readonly dated?: number;
  readonly signedBy?: string;
  readonly ready?: boolean;
}

/** Bolt's own receiver behind the port, with an app that takes what comes. */
async function ask({ body = event, headers = json, dated = 0, signedBy = secret, ready = true }: Asked) {
  const taken: unknown[] = [];
  const logger = quietLogger();
  const receiver = new HTTPReceiver({ signingSecret: secret, logger: slackLogger(logger) });
  receiver.init({
    processEvent: async (heard: { body: unknown; ack: () => Promise<void>; retryNum?: number }) => {
      taken.push([heard.body, heard.retryNum]);
      await heard.ack();
    },
  } as never);
  const now = new Date();
  const server = createInboundServer({
    slack: { listener: () => (ready ? receiver.requestListener : undefined), logger, now: () => now },
  });
  open.push(server);
  const url = await server.listen({ port: 0, host: '127.0.0.1' });
  const at = new Date(now.getTime() + dated * 1000);
  const response = await fetch(`${url}/slack/events`, {
    method: 'POST',
    headers: { ...signedHeaders({ secret: signedBy, body, at }), connection: 'close', ...headers },
    body,
  });
  return { status: response.status, text: await response.text(), headers: response.headers, taken };
}

describe('POST /slack/events', () => {
  it('hands on what Slack signed, and acknowledges it', async () => {
    const { status, taken } = await ask({});
    expect([status, taken]).toEqual([200, [[JSON.parse(event), undefined]]]);
  });

  it('says which try of Slack it is', async () => {
    expect((await ask({ headers: { ...json, 'x-slack-retry-num': '2' } })).taken).toEqual([
      [JSON.parse(event), 2],
    ]);
  });

  it.each([
    ['a click', `payload=${encodeURIComponent('{"type":"block_actions"}')}`, { type: 'block_actions' }],
    ['a command', 'command=%2Facknet&text=help', { command: '/acknet', text: 'help' }],
  ])('reads %s from a form', async (_title, body, read) => {
    const { status, taken } = await ask({ body, headers: form });
    expect([status, taken]).toEqual([200, [[expect.objectContaining(read), undefined]]]);
  });

  it('answers the check of the address', async () => {
    const { text, taken } = await ask({
      body: JSON.stringify({ type: 'url_verification', challenge: 'abc' }),
    });
    expect([JSON.parse(text), taken]).toEqual([{ challenge: 'abc' }, []]);
  });

  it.each<[string, Asked, number]>([
    ['signed with another secret', { signedBy: 'another-signing-secret' }, 401],
    ['signed over another body', { headers: { ...json, 'x-slack-signature': `v0=${'0'.repeat(64)}` } }, 401],
    ['of another version of the signature', { headers: { ...json, 'x-slack-signature': 'v1=00' } }, 401],
    ['replayed after five minutes', { dated: -302 }, 401],
    ['dated more than five minutes ahead', { dated: 302 }, 401],
    ['dated at no time', { headers: { ...json, 'x-slack-request-timestamp': 'now' } }, 401],
    ['no JSON', { body: '{' }, 400],
    ['no object', { body: 'null' }, 400],
    ['a list', { body: '[]' }, 400],
    ['a form that holds no object', { body: 'payload=null', headers: form }, 400],
    ['too large', { body: `{"a":"${'x'.repeat(1_000_001)}"}` }, 413],
    ['there before acknet signed in', { ready: false }, 503],
  ])('refuses what is %s', async (_title, asked, status) => {
    const answer = await ask(asked);
    expect([answer.status, answer.taken]).toEqual([status, []]);
  });

  it.each([-298, 298])('takes what is dated %s s from now: clocks differ', async (dated) => {
    expect((await ask({ dated })).status).toBe(200);
  });
});
