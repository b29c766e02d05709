import { type Dispatcher, request as send } from 'undici';
import { AcknetError } from '../../errors.js';
import { mask } from '../../masking/mask.js';
import { type CloudAction, partsOf } from '../actions.js';
import type { OutgoingRequest } from './build-request.js';
import { canonicalQuery } from './sign-request.js';

export interface CloudAnswer {
  readonly status: number;
  readonly body: string;
  readonly date: string | undefined;
  /** Milliseconds, where a throttled call is told when to come again. */
  readonly retryAfterMs: number | undefined;
}

interface Sending {
  readonly cluster: string;
  readonly action: CloudAction;
  readonly origin: string;
  readonly dispatcher: Dispatcher;
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
}

/** A page of 500 ENIs is some 1 MB. */
const LARGEST_BYTES = 16 * 1024 * 1024;

/** One try. What happens before there is an answer is `cloud.unreachable` or `cloud.timed-out`. */
export async function sendRequest(request: OutgoingRequest, sending: Sending): Promise<CloudAnswer> {
  const { origin, dispatcher, signal, timeoutMs } = sending;
  try {
    const response = await send(`${origin}${request.path}?${canonicalQuery(request.query)}`, {
      method: request.method,
      headers: request.headers,
      dispatcher,
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
    });
    const { headers } = response;
    const after = Number(headers['x-acs-retry-after'] ?? Number.NaN);
    return {
      status: response.statusCode,
      body: await boundedText(response.body, sending),
      date: headers.date?.toString(),
      retryAfterMs: Number.isFinite(after) && after >= 0 ? after : undefined,
    };
  } catch (error) {
    if (error instanceof AcknetError || signal.aborted) throw error;
    throw transportError(error, sending);
  }
}

async function boundedText(
  body: Dispatcher.ResponseData['body'],
  { cluster, action }: Sending,
): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > LARGEST_BYTES)
      throw new AcknetError(
        'cloud.malformed',
        `Cluster ${cluster}: the answer to ${partsOf(action).api} is larger than any page the cloud sends.`,
      );
  }
  return Buffer.concat(chunks).toString();
}

function transportError(error: unknown, { cluster, action, origin, timeoutMs }: Sending): AcknetError {
  const late = /Timeout/.test(
    typeof error === 'object' && error !== null && 'name' in error ? String(error.name) : '',
  );
  const what = `Cluster ${cluster}: could not call ${partsOf(action).api} at ${new URL(origin).host}`;
  const detail = late ? `no answer within ${timeoutMs} ms` : mask(reason(error));
  return new AcknetError(late ? 'cloud.timed-out' : 'cloud.unreachable', `${what}: ${detail}`, {
    cause: error,
    hint: 'Check the way from acknet to that address; clusters.<name>.cloud.network and .endpoints name another.',
  });
}

const reason = (error: unknown): string =>
  error instanceof Error ? ((error as NodeJS.ErrnoException).code ?? error.message) : String(error);
