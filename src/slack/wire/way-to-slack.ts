import type { FetchFunction } from '@slack/web-api';
import { EnvHttpProxyAgent, fetch as fetchBy } from 'undici';

/** The proxy that a company's traffic leaves by. */
export interface SlackProxy {
  /** `http://proxy:3128`; may hold a name and a password. */
  readonly url: string;
  /** Hosts reached straight, as in `NO_PROXY`. */
  readonly except?: string | undefined;
}

export interface WayToSlack {
  readonly fetch: FetchFunction;
  /** For the WebSocket; undefined = straight. */
  readonly dispatcher: EnvHttpProxyAgent | undefined;
}

export const straight: WayToSlack = { fetch, dispatcher: undefined };

/** Straight, or through a proxy by a tunnel, calls and socket alike: it sees no more than where they go. Opened once for all. */
export function wayToSlack(proxy: SlackProxy | undefined): WayToSlack {
  if (proxy === undefined) return straight;
  const { url, except = '' } = proxy;
  const dispatcher = new EnvHttpProxyAgent({
    httpProxy: url,
    httpsProxy: url,
    noProxy: except,
    proxyTunnel: true,
  });
  const through = (input: string, init: object): Promise<unknown> => fetchBy(input, { ...init, dispatcher });
  return { fetch: through as unknown as FetchFunction, dispatcher };
}
