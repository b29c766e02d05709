import type { Dispatcher } from 'undici';
import { type CloudAction, partsOf } from '../actions.js';
import { buildRequest } from './build-request.js';
import { type EndpointConfig, endpointOf } from './endpoint-of.js';
import type { Credential } from './open-credential.js';
import { type CloudAnswer, sendRequest } from './send-request.js';

/** One credential's way to the products of one region. */
export interface CloudConnection {
  readonly cluster: string;
  readonly clusterId: string;
  readonly region: string;
  readonly now: () => Date;
  /** One signed try. */
  send(call: OneCall): Promise<CloudAnswer>;
  close(): Promise<void>;
}

interface OneCall {
  readonly action: CloudAction;
  readonly query: Parameters<typeof buildRequest>[0]['query'];
  readonly signal: AbortSignal;
}

interface ConnectionOptions extends EndpointConfig {
  readonly cluster: string;
  readonly clusterId: string;
  readonly credential: Credential;
  /** Closed with it. */
  readonly dispatcher: Dispatcher;
  readonly timeoutMs: number;
  readonly now: () => Date;
  /** Fresh and never the same. */
  readonly nonce: () => string;
}

export function openCloudConnection(options: ConnectionOptions): CloudConnection {
  const { cluster, clusterId, region, credential, dispatcher, timeoutMs, now, nonce } = options;
  return {
    cluster,
    clusterId,
    region,
    now,
    async send({ action, query, signal }) {
      const endpoint = endpointOf(partsOf(action).product, options);
      const place = { clusterId, region };
      const key = await credential();
      const request = buildRequest({
        action,
        place,
        query,
        host: endpoint.host,
        key,
        now: now(),
        nonce: nonce(),
      });
      return sendRequest(request, {
        cluster,
        action,
        origin: endpoint.origin,
        dispatcher,
        signal,
        timeoutMs,
      });
    },
    close: () => dispatcher.close(),
  };
}
