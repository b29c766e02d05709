import pRetry from 'p-retry';
import { AcknetError, isAcknetError } from '../../../errors.js';
import { apiError } from '../answers/api-error.js';
import type { Connection, KubeRequest, KubeResponse } from '../connecting/connection.js';
import { describeText, oddAnswer } from '../answers/odd-answer.js';
import { type BoundedBody, readBody } from '../answers/read-body.js';
import type { ReadLimits } from '../answers/read-limits.js';
import type { ServerClock } from '../server-clock.js';

export type ReadRequest = Omit<KubeRequest, 'method' | 'signal' | 'body' | 'contentType'> & {
  /** What the answer must call itself; default JSON. */
  readonly type?: 'application/json' | 'text/plain';
};

export interface RetryingReads {
  readonly cluster: string;
  readonly limits: ReadLimits;
  /** An answer that is not an error and calls itself what was asked for; its body is still to be read. One try. */
  open(request: ReadRequest): Promise<KubeResponse>;
  /** Tries again after what may pass: time-outs, 429, 5xx, a cut connection. `count` begins with 1. */
  retry<T>(attempt: (count: number) => Promise<T>): Promise<T>;
  /** A body up to `limit` bytes, tried again as needed. */
  read(request: ReadRequest, limit: number): Promise<BoundedBody>;
}

interface ReadsOptions {
  readonly signal: AbortSignal;
  readonly retries: number;
  readonly limits: ReadLimits;
  readonly clock: ServerClock;
  readonly watch: () => number;
}

export function createRetryingReads(connection: Connection, options: ReadsOptions): RetryingReads {
  const { signal, retries, limits, clock, watch } = options;
  const { cluster } = connection;
  const reads: RetryingReads = {
    cluster,
    limits,
    async open({ type = 'application/json', ...request }) {
      const full: KubeRequest = { ...request, method: 'GET', signal };
      const sentAt = watch();
      const response = await connection.send(full);
      clock.heard(response.headers.date, sentAt);
      if (response.status !== 200) throw await apiError(cluster, full, response);
      if (!isOfType(response, type) || !isPlain(response))
        throw await otherType(cluster, full, { response, type, limits });
      return response;
    },
    retry: (attempt) =>
      pRetry(attempt, {
        retries,
        minTimeout: 100,
        maxTimeout: 2000,
        signal,
        shouldRetry: ({ error }) => isAcknetError(error) && error.retry && error.code !== 'cluster.gone',
      }),
    read: (request, limit) =>
      reads.retry(async () => {
        const { body } = await reads.open(request);
        return await readBody(body, limit).catch((cause: unknown) => {
          throw brokenOff(cluster, request, cause);
        });
      }),
  };
  return reads;
}

const SHOWN_CODING = 40;

const typeOf = ({ headers }: KubeResponse): string | undefined => headers['content-type']?.toString();

const isOfType = (response: KubeResponse, type: string): boolean =>
  typeOf(response)?.split(';')[0]?.trim().toLowerCase() === type;

const codingOf = ({ headers }: KubeResponse): string =>
  headers['content-encoding']?.toString().trim().toLowerCase() || 'identity';

/** Bytes as they are, of UTF-8: nothing else is asked for, and a log that is read otherwise says nothing. */
function isPlain(response: KubeResponse): boolean {
  const charset =
    /;\s{0,9}charset\s{0,9}=\s{0,9}"?([^\s";]{1,40})/i.exec(typeOf(response) ?? '')?.[1] ?? 'utf-8';
  return codingOf(response) === 'identity' && /^(?:utf-?8|us-ascii)$/i.test(charset);
}

async function otherType(
  cluster: string,
  { path }: KubeRequest,
  { response, type, limits }: { response: KubeResponse; type: string; limits: ReadLimits },
): Promise<AcknetError> {
  const read = await readBody(response.body, limits.errorBytes).catch(() => undefined);
  const wanted = type === 'text/plain' ? 'a log' : 'JSON';
  const coding = codingOf(response);
  const got =
    coding === 'identity'
      ? describeText(read?.bytes.toString() ?? '', typeOf(response))
      : `bytes in the encoding ${coding.slice(0, SHOWN_CODING)}, which was not asked for`;
  return oddAnswer(cluster, { path, wanted, got });
}

export const brokenOff = (
  cluster: string,
  { path }: Pick<ReadRequest, 'path'>,
  cause: unknown,
): AcknetError =>
  new AcknetError('cluster.unreachable', `Cluster ${cluster}: the answer for ${path} broke off.`, { cause });
