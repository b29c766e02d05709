import { AcknetError } from '../../errors.js';
import { type CloudAction, partsOf, shapeOf } from '../actions.js';
import type { CloudQuery } from '../ports.js';
import { field, text } from './answer-fields.js';

/** One call, its answer decoded. */
type Ask = (query: CloudQuery) => Promise<unknown>;

/** No account has so many of anything that acknet reads. */
const MOST_PAGES = 400;

/** Every page, or `cloud.malformed`: half a list would be judged as the whole. */
export async function readPages(
  { cluster, action }: { readonly cluster: string; readonly action: CloudAction },
  query: CloudQuery,
  ask: Ask,
): Promise<readonly unknown[]> {
  const { items, paging } = shapeOf(action);
  const broken = (what: string) =>
    new AcknetError('cloud.malformed', `Cluster ${cluster}: the answer to ${partsOf(action).api} ${what}.`);
  const itemsOf = (answer: unknown): readonly unknown[] => {
    const found = items.length === 0 ? [answer].flat() : field(answer, ...items);
    if (Array.isArray(found)) return found;
    throw broken(`has no list ${items.join('.')}`);
  };
  if (paging === undefined) return itemsOf(await ask(query));
  return paging.by === 'pages'
    ? byNumber(query, { ask, itemsOf, broken, size: paging.size })
    : byToken(query, { ask, itemsOf, broken, size: paging.size, sizeName: paging.sizeName });
}

interface Turning {
  readonly ask: Ask;
  readonly itemsOf: (answer: unknown) => readonly unknown[];
  readonly broken: (what: string) => AcknetError;
  readonly size: number;
}

async function byNumber(query: CloudQuery, turning: Turning): Promise<readonly unknown[]> {
  const { ask, itemsOf, broken, size } = turning;
  const all: unknown[] = [];
  for (let page = 1; page <= MOST_PAGES; page++) {
    const answer = await ask({ ...query, PageNumber: page, PageSize: size });
    const found = itemsOf(answer);
    const total = field(answer, 'TotalCount');
    if (typeof total !== 'number') throw broken('has no TotalCount');
    all.push(...found);
    if (all.length >= total) return all;
    if (found.length === 0) throw broken(`ends after ${all.length} of ${total} entries`);
  }
  throw broken('never ends');
}

async function byToken(
  query: CloudQuery,
  turning: Turning & { readonly sizeName: string },
): Promise<readonly unknown[]> {
  const { ask, itemsOf, broken, size, sizeName } = turning;
  const all: unknown[] = [];
  const seen = new Set<string>();
  let token: string | undefined;
  for (let page = 1; page <= MOST_PAGES; page++) {
    const answer = await ask({ ...query, [sizeName]: size, NextToken: token });
    all.push(...itemsOf(answer));
    token = text(answer, 'NextToken');
    if (token === undefined || token === '') return all;
    if (seen.has(token)) throw broken('repeats a page token');
    seen.add(token);
  }
  throw broken('never ends');
}
