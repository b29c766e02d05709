import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { isJson } from '../json.js';
import { createSignal } from '../signal.js';
import type { AppLine } from '../socket/app-line.js';
import type { Ack, Envelope } from '../socket/envelope.js';
import type { Wire } from '../state/world.js';
import { signedHeaders } from './signed-headers.js';

interface RequestHub extends AppLine {
  sendTo(url: string): Promise<() => void>;
}

/** Delivers to the app's request URLs, in turn, each request signed as Slack signs it. */
export function createRequestHub({ secret, now }: { secret: string; now: () => Date }): RequestHub {
  const urls: string[] = [];
  const arrivals = createSignal();

  const post = (url: string, request: SlackRequest, deadlineMs: number): Promise<Response> =>
    fetch(url, {
      method: 'POST',
      headers: {
        ...signedHeaders({ secret, body: request.body, at: now() }),
        ...request.headers,
        connection: 'close',
      },
      body: request.body,
      signal: AbortSignal.timeout(deadlineMs),
    });

  return {
    send: async (envelope, { deadlineMs, retry }) => {
      const url = urls.shift();
      if (url === undefined) return { acked: false, error: 'app_not_connected' };
      urls.push(url);
      return post(url, requestOf(envelope, retry), deadlineMs).then(ackOf, failedAck);
    },
    ready: async (timeoutMs) => {
      if (urls.length > 0) return true;
      return Promise.race([arrivals.next().then(() => true), wait(timeoutMs, false, { ref: false })]);
    },
    sendTo: async (url) => {
      const challenge = randomUUID();
      const body = JSON.stringify({ token: 'verif', challenge, type: 'url_verification' });
      const answer = await post(url, { body, headers: { 'content-type': 'application/json' } }, CHALLENGE_MS);
      const said: unknown = await answer.json();
      if (!isJson(said) || said.challenge !== challenge)
        throw new Error(`${url} does not answer the challenge`);
      urls.push(url);
      arrivals.fire();
      return () => {
        const index = urls.indexOf(url);
        if (index >= 0) urls.splice(index, 1);
      };
    },
  };
}

const CHALLENGE_MS = 3000;

interface SlackRequest {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

function requestOf({ type, payload }: Envelope, retry = 0): SlackRequest {
  if (type === 'events_api')
    return {
      body: JSON.stringify(payload),
      headers: {
        'content-type': 'application/json',
        ...(retry > 0 && { 'x-slack-retry-num': String(retry), 'x-slack-retry-reason': 'http_timeout' }),
      },
    };
  const fields = type === 'interactive' ? { payload: JSON.stringify(payload) } : textsOf(payload);
  return {
    body: new URLSearchParams(fields).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  };
}

const textsOf = (payload: Wire): Record<string, string> =>
  Object.fromEntries(Object.entries(payload).map(([name, value]) => [name, String(value)]));

async function ackOf(response: Response): Promise<Ack> {
  const text = await response.text();
  if (response.status !== 200) return { acked: false, error: 'dispatch_failed' };
  return { acked: true, payload: text === '' ? undefined : parsed(text) };
}

const failedAck = (error: unknown): Ack => ({
  acked: false,
  error: (error as Error).name === 'TimeoutError' ? 'operation_timeout' : 'dispatch_failed',
});

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
