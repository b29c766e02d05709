import type { FetchFunction } from '@slack/web-api';
import { type Dispatcher, fetch as fetchBy, FormData as Form, getGlobalDispatcher, request } from 'undici';
import type { ForwardProxy } from '../../config/environment/load-proxy.js';
import { openWay } from '../../ops/open-way.js';

export interface WayToSlack {
  readonly fetch: FetchFunction;
  /** For the WebSocket; undefined = straight. */
  readonly dispatcher: Dispatcher | undefined;
}

export const straight: WayToSlack = { fetch: fetchThrough(getGlobalDispatcher()), dispatcher: undefined };

/** Calls and socket alike take it. */
export function wayToSlack(proxy: ForwardProxy | undefined): WayToSlack {
  if (proxy === undefined) return straight;
  const dispatcher = openWay(proxy);
  return { fetch: fetchThrough(dispatcher), dispatcher };
}

/**
 * What the Web API's client asks of `fetch`. A call is a short text there and back: by undici's `request` it takes half the
 * processor time, and leaves half as much behind, that the streams, headers and signals of a `fetch` do. Files go by `fetch`.
 */
function fetchThrough(dispatcher: Dispatcher): FetchFunction {
  return async (url, { body = '', method = 'GET', headers = {}, redirect = 'error', signal } = {}) => {
    const common = { method, headers, redirect, dispatcher, ...(signal && { signal }) };
    if (typeof body !== 'string') return fetchBy(url, { ...common, body: formOf(body) });
    const answer = await request(url, { ...common, method: method as Dispatcher.HttpMethod, body });
    const bytes = await answer.body.arrayBuffer();
    return answerOf({ url: String(url), status: answer.statusCode, headers: answer.headers, bytes });
  };
}

interface Answered {
  readonly url: string;
  readonly status: number;
  readonly headers: Dispatcher.ResponseData['headers'];
  readonly bytes: ArrayBuffer;
}

/** As much of an answer as the client looks at: a `Response` of the platform is streams and signals again. */
function answerOf({ url, status, headers, bytes }: Answered): Awaited<ReturnType<FetchFunction>> {
  const headerOf = (name: string): string | undefined => headers[name.toLowerCase()]?.toString();
  const text = async (): Promise<string> => new TextDecoder().decode(bytes);
  return {
    ok: status >= 200 && status < 300,
    status,
    statusText: '',
    url,
    headers: {
      get: (name) => headerOf(name) ?? null,
      entries: () => Object.keys(headers).map((name): [string, string] => [name, headerOf(name) ?? '']),
    },
    arrayBuffer: async () => bytes,
    json: async () => JSON.parse(await text()) as unknown,
    text,
  };
}

/** undici knows its own forms alone: of Node's it would send the name. */
function formOf(given: FormData): Form {
  const form = new Form();
  for (const [name, value] of given.entries()) {
    if (typeof value === 'string') form.append(name, value);
    else form.append(name, value, value.name);
  }
  return form;
}
