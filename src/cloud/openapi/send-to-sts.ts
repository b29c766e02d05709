import { type Dispatcher, request as send } from 'undici';

/** What the library would have its own client send. */
interface StsRequest {
  readonly method: Dispatcher.HttpMethod;
  readonly headers: Record<string, string>;
  readonly bodyForm: Record<string, string>;
  toRequestURL(): string;
}

/** What a provider of the library sends to STS takes the way of all other calls: its own client knows no proxy. */
export function sendToSts<Provider extends object>(
  provider: Provider,
  { dispatcher, timeoutMs }: { readonly dispatcher: Dispatcher; readonly timeoutMs: number },
): Provider {
  const doRequest = async (request: StsRequest) => {
    const { statusCode, headers, body } = await send(request.toRequestURL(), {
      method: request.method,
      headers: request.headers,
      body: formOf(request.bodyForm),
      dispatcher,
      signal: AbortSignal.timeout(timeoutMs),
    });
    return { statusCode, headers, body: Buffer.from(await body.arrayBuffer()) };
  };
  return Object.assign(provider, { doRequest });
}

/** As the library encodes it: a space is `%20`, as where it is signed. */
const formOf = (fields: StsRequest['bodyForm']): string =>
  Object.entries(fields)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');
