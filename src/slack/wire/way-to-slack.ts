import type { FetchFunction } from '@slack/web-api';
import { type Dispatcher, fetch as fetchBy } from 'undici';
import type { ForwardProxy } from '../../config/environment/load-proxy.js';
import { openWay } from '../../ops/open-way.js';

export interface WayToSlack {
  readonly fetch: FetchFunction;
  /** For the WebSocket; undefined = straight. */
  readonly dispatcher: Dispatcher | undefined;
}

export const straight: WayToSlack = { fetch, dispatcher: undefined };

/** Calls and socket alike take it. */
export function wayToSlack(proxy: ForwardProxy | undefined): WayToSlack {
  if (proxy === undefined) return straight;
  const dispatcher = openWay(proxy);
  const through = (input: string, init: object): Promise<unknown> => fetchBy(input, { ...init, dispatcher });
  return { fetch: through as unknown as FetchFunction, dispatcher };
}
