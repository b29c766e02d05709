import type { CloudAction } from '../../src/cloud/actions.js';
import type { CloudQuery, CloudReader } from '../../src/cloud/ports.js';
import { AcknetError, type ErrorCode } from '../../src/errors.js';

export interface InMemoryCloud {
  /** Raw entries by action, as the wire has them; a function sees the query. */
  readonly answers: Partial<
    Record<CloudAction, readonly unknown[] | ((query: CloudQuery) => readonly unknown[])>
  >;
  /** Calls that fail, with the code of their error. */
  readonly refused?: Partial<Record<CloudAction, ErrorCode>>;
  readonly at?: string;
}

/** A CloudReader over raw answers, checked by the very schemas that the real one uses. What is not there is refused. */
export function cloudOf({ answers, refused = {}, at = '2026-11-24T02:59:30Z' }: InMemoryCloud): CloudReader {
  return {
    cluster: 'cluster-x',
    clusterId: 'c4f1e0a97b2d84c63a5e1f0d9b8c7a652',
    region: 'cn-hangzhou',
    read: async (read, query = {}) => {
      const code = refused[read.action];
      if (code !== undefined) throw new AcknetError(code, `may not call ${read.action}.`);
      const given = answers[read.action];
      if (given === undefined) throw new AcknetError('cloud.forbidden', `may not call ${read.action}.`);
      const items = typeof given === 'function' ? given(query) : given;
      return {
        at: new Date(at),
        items: items.map((item) => {
          const parsed = read.schema.safeParse(item);
          if (!parsed.success)
            throw new AcknetError('cloud.malformed', `${read.action}: ${parsed.error.message}`);
          return parsed.data;
        }),
      };
    },
  };
}

export const notFound = (id: string): never => {
  throw new AcknetError('cloud.not-found', `${id} is not found.`);
};
