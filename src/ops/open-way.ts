import { Agent, type Dispatcher, EnvHttpProxyAgent } from 'undici';
import type { ForwardProxy } from '../config/environment/load-proxy.js';

/** Straight, or through a proxy by a tunnel: it sees no more than where requests go. Opened once for all that go there. */
export function openWay(
  proxy: ForwardProxy | undefined,
  options: Omit<EnvHttpProxyAgent.Options, 'httpProxy' | 'httpsProxy' | 'noProxy'> = {},
): Dispatcher {
  if (proxy === undefined) return new Agent(options);
  const { url, except = '' } = proxy;
  return new EnvHttpProxyAgent({
    ...options,
    httpProxy: url,
    httpsProxy: url,
    noProxy: except,
    proxyTunnel: true,
  });
}
