import pRetry from 'p-retry';
import { AcknetError, isAcknetError } from '../../errors.js';
import { apiError } from './api-error.js';
import type { Connection, KubeRequest, KubeResponse } from './connection.js';

export type ReadRequest = Omit<KubeRequest, 'method' | 'signal'>;

export interface RetryingReads {
  readonly cluster: string;
  /** An answer that is not an error; its body is still to be read. One try. */
  open(request: ReadRequest): Promise<KubeResponse>;
  /** Tries again after what may pass: time-outs, 429, 5xx, a cut connection. `count` begins with 1. */
  retry<T>(attempt: (count: number) => Promise<T>): Promise<T>;
  /** A whole body, tried again as needed. */
  read(request: ReadRequest): Promise<Buffer>;
}

export function createRetryingReads(
  connection: Connection,
  { signal, retries }: { readonly signal: AbortSignal; readonly retries: number },
): RetryingReads {
  const reads: RetryingReads = {
    cluster: connection.cluster,
    async open(request) {
      const full: KubeRequest = { ...request, method: 'GET', signal };
      const response = await connection.send(full);
      if (response.status >= 300) throw await apiError(connection.cluster, full, response);
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
    read: (request) =>
      reads.retry(async () => {
        const { body } = await reads.open(request);
        const bytes = await body.arrayBuffer().catch((cause: unknown) => {
          throw brokenOff(connection.cluster, request, cause);
        });
        return Buffer.from(bytes);
      }),
  };
  return reads;
}

export const brokenOff = (cluster: string, { path }: ReadRequest, cause: unknown): AcknetError =>
  new AcknetError('cluster.unreachable', `Cluster ${cluster}: the answer for ${path} broke off.`, { cause });

export const malformed = (cluster: string, cause?: unknown): AcknetError =>
  new AcknetError('cluster.malformed', `Cluster ${cluster}: the API server's answer is not a JSON object.`, {
    cause,
    hint: 'Something between acknet and the API server (a proxy, a login page) may be answering instead.',
  });
