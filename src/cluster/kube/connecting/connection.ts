import { Agent, type Dispatcher, ProxyAgent, request as send } from 'undici';
import type { CredentialEnd, OnRequest } from '../../ports.js';
import type { Admission } from './admission.js';
import { transportError } from '../answers/api-error.js';
import { type CredentialConfig, openCredential } from './credential.js';

import type { KubeRequest, KubeResponse } from '../kube-request.js';

export type { CredentialConfig } from './credential.js';
export type { KubeRequest, KubeResponse } from '../kube-request.js';

/** One credential's way to one API server. */
export interface Connection {
  readonly cluster: string;
  send(request: KubeRequest): Promise<KubeResponse>;
  ends(): Promise<CredentialEnd>;
  close(): Promise<void>;
}

/** Throws `config.invalid` when the kubeconfig or its context is missing. */
export function openConnection(
  cluster: string,
  config: CredentialConfig,
  { timeoutMs, onRequest }: { timeoutMs: number; onRequest?: OnRequest | undefined },
): Connection {
  const credential = openCredential(cluster, config);
  let dispatcher: { key: string; agent: Dispatcher } | undefined;

  const agentFor = ({ tls, proxyUrl }: Admission): Dispatcher => {
    const key = JSON.stringify([...Object.entries(tls).map(String), proxyUrl]);
    if (dispatcher?.key !== key) dispatcher = { key, agent: createAgent({ tls, proxyUrl }) };
    return dispatcher.agent;
  };

  return {
    cluster,
    async send(request) {
      try {
        const admission = await credential.admit();
        const response = await transmit(request, admission, { dispatcher: agentFor(admission), timeoutMs });
        onRequest?.(cluster, request, response.status);
        return response;
      } catch (error) {
        onRequest?.(cluster, request, undefined);
        throw transportError(error, { cluster, request, timeoutMs });
      }
    },
    ends: () => credential.ends(),
    close: async () => dispatcher?.agent.close(),
  };
}

async function transmit(
  request: KubeRequest,
  { server, headers }: Admission,
  { dispatcher, timeoutMs }: { dispatcher: Dispatcher; timeoutMs: number },
): Promise<KubeResponse> {
  const url = new URL(server + request.path);
  for (const [key, value] of Object.entries(request.query ?? {}))
    if (value !== undefined) url.searchParams.set(key, value);
  const response = await send(url, {
    method: request.method,
    dispatcher,
    headers: {
      ...headers,
      accept: 'application/json',
      'user-agent': 'acknet',
      ...(request.body !== undefined && { 'content-type': request.contentType ?? 'application/json' }),
    },
    body: request.body === undefined ? null : JSON.stringify(request.body),
    signal: AbortSignal.any([request.signal, AbortSignal.timeout(timeoutMs)]),
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
  });
  return { status: response.statusCode, headers: response.headers, body: response.body };
}

const createAgent = ({ tls, proxyUrl }: Pick<Admission, 'tls' | 'proxyUrl'>): Dispatcher =>
  proxyUrl
    ? new ProxyAgent({ uri: proxyUrl, requestTls: tls })
    : new Agent({ connect: tls, connections: 16, keepAliveTimeout: 10_000 });
