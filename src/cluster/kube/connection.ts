import type https from 'node:https';
import { KubeConfig } from '@kubernetes/client-node';
import { Agent, type Dispatcher, ProxyAgent, request as send } from 'undici';
import { AcknetError } from '../../errors.js';
import { transportError } from './api-error.js';

export interface CredentialConfig {
  /** Path of a kubeconfig; absent = the pod's service account. */
  readonly kubeconfig?: string | undefined;
  readonly context?: string | undefined;
}

export interface KubeRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly body?: unknown;
  readonly contentType?: string;
  readonly signal: AbortSignal;
}

export interface KubeResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Dispatcher.ResponseData['body'];
}

/** One credential's way to one API server: KubeConfig decides who we are, undici carries the bytes. */
export interface Connection {
  readonly cluster: string;
  send(request: KubeRequest): Promise<KubeResponse>;
  close(): Promise<void>;
}

/** Reads the kubeconfig now; throws `config.invalid` when it or its context is missing. */
export function openConnection(cluster: string, credential: CredentialConfig, timeoutMs: number): Connection {
  const config = loadKubeConfig(cluster, credential);
  const server = config.getCurrentCluster()?.server.replace(/\/+$/, '') ?? '';
  let dispatcher: { key: string; agent: Dispatcher } | undefined;

  const agentFor = (tls: https.RequestOptions): Dispatcher => {
    const key = JSON.stringify(
      [tls.cert, tls.key, tls.ca, tls.rejectUnauthorized, tls.servername].map(String),
    );
    if (dispatcher?.key !== key) dispatcher = { key, agent: createAgent(config, tls) };
    return dispatcher.agent;
  };

  return {
    cluster,
    async send(request) {
      const options: https.RequestOptions = {};
      try {
        await config.applyToHTTPSOptions(options);
      } catch (cause) {
        throw new AcknetError(
          'cluster.unauthorized',
          `Cluster ${cluster}: the credential could not be obtained.`,
          {
            cause,
            hint: 'Run the exec plugin or auth provider of the kubeconfig by hand and see what it says.',
          },
        );
      }
      try {
        return await transmit(server, request, { options, dispatcher: agentFor(options), timeoutMs });
      } catch (error) {
        throw transportError(cluster, request, error, timeoutMs);
      }
    },
    close: async () => dispatcher?.agent.close(),
  };
}

interface Transport {
  readonly options: https.RequestOptions;
  readonly dispatcher: Dispatcher;
  readonly timeoutMs: number;
}

async function transmit(server: string, request: KubeRequest, transport: Transport): Promise<KubeResponse> {
  const url = new URL(server + request.path);
  for (const [key, value] of Object.entries(request.query ?? {}))
    if (value !== undefined) url.searchParams.set(key, value);
  const { options, dispatcher, timeoutMs } = transport;
  const response = await send(url, {
    method: request.method,
    dispatcher,
    headers: {
      ...(options.headers as Record<string, string>),
      ...(options.auth && { authorization: `Basic ${Buffer.from(options.auth).toString('base64')}` }),
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

function createAgent(config: KubeConfig, tls: https.RequestOptions): Dispatcher {
  const { ca, cert, key, rejectUnauthorized, servername } = tls;
  const requestTls = Object.fromEntries(
    Object.entries({ ca, cert, key, rejectUnauthorized, servername }).filter(
      ([, value]) => value !== undefined,
    ),
  );
  const proxy = config.getCurrentCluster()?.proxyUrl;
  return proxy
    ? new ProxyAgent({ uri: proxy, requestTls })
    : new Agent({ connect: requestTls, connections: 16, keepAliveTimeout: 10_000 });
}

function loadKubeConfig(cluster: string, { kubeconfig, context }: CredentialConfig): KubeConfig {
  const config = new KubeConfig();
  try {
    if (kubeconfig === undefined) config.loadFromCluster();
    else config.loadFromFile(kubeconfig);
  } catch (cause) {
    throw new AcknetError(
      'config.invalid',
      `Cluster ${cluster}: ${kubeconfig ?? 'the in-cluster service account'} could not be read.`,
      {
        cause,
        hint: 'Check the path under clusters in acknet.yaml and that acknet may read the file.',
      },
    );
  }
  if (context !== undefined) config.setCurrentContext(context);
  allowPlainHttp(cluster, config);
  if (!config.getCurrentCluster()?.server) {
    const known = config.getContexts().map(({ name }) => name);
    throw new AcknetError(
      'config.invalid',
      `Cluster ${cluster}: context "${config.getCurrentContext()}" names no cluster in ${kubeconfig}.`,
      {
        hint: `Contexts there: ${known.join(', ') || 'none'}.`,
      },
    );
  }
  return config;
}

const LOOPBACK = /^http:\/\/(127(\.\d+){3}|localhost|\[::1\])(:\d+)?(\/|$)/;

/** The client library takes plain HTTP only together with skipTLSVerify. Beyond this machine a token would travel in clear text. */
function allowPlainHttp(cluster: string, config: KubeConfig): void {
  const current = config.getCurrentCluster();
  if (!current?.server.startsWith('http:') || current.skipTLSVerify) return;
  if (!LOOPBACK.test(current.server))
    throw new AcknetError('config.invalid', `Cluster ${cluster}: ${current.server} is not encrypted.`, {
      hint: 'Use https, or set insecure-skip-tls-verify in the kubeconfig if the way there is safe otherwise.',
    });
  config.clusters = config.clusters.map((entry) =>
    entry.name === current.name ? { ...entry, skipTLSVerify: true } : entry,
  );
}
