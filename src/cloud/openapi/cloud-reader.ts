import type { z } from 'zod';
import { AcknetError } from '../../errors.js';
import { type CloudAction, partsOf, shapeOf } from '../actions.js';
import type { AnswerCache, CachedAnswer, CloudQuery, CloudRead, CloudReader } from '../ports.js';
import { callPatiently, type Patience } from './patient-call.js';
import { readPages } from './read-pages.js';

interface ReaderParts extends Patience {
  readonly cache: AnswerCache;
}

export function createCloudReader(parts: ReaderParts): CloudReader {
  const { cluster, clusterId, region } = parts.connection;
  return {
    cluster,
    clusterId,
    region,
    async read(read, query = {}) {
      const { items, at } = await answerTo(parts, read.action, query);
      return { items: items.map((item, index) => checked(item, { read, cluster, index })), at: new Date(at) };
    },
  };
}

async function answerTo(parts: ReaderParts, action: CloudAction, query: CloudQuery): Promise<CachedAnswer> {
  const { cacheSeconds } = shapeOf(action);
  const ask = async (): Promise<CachedAnswer> => {
    const at = parts.connection.now().toISOString();
    const { cluster } = parts.connection;
    const items = await readPages({ cluster, action }, query, (page) => callPatiently(parts, action, page));
    return { items, at };
  };
  if (cacheSeconds === undefined) return ask();
  const key = await keyOf(parts, action, query);
  const known = await parts.cache.get(key);
  if (known !== undefined) return known;
  const answer = await ask();
  await parts.cache.set(key, answer, cacheSeconds);
  return answer;
}

/** The account counts: two clusters of one share what is not about one of them. */
async function keyOf({ connection, account }: ReaderParts, action: CloudAction, query: CloudQuery) {
  const { path } = shapeOf(action);
  const about = path === undefined ? '' : connection.clusterId;
  const sorted = Object.entries(query)
    .filter(([, value]) => value !== undefined)
    .sort();
  return JSON.stringify([await account(), connection.region, action, about, sorted]);
}

function checked<V>(
  item: unknown,
  { read, cluster, index }: { readonly read: CloudRead<V>; readonly cluster: string; readonly index: number },
): V {
  const parsed = read.schema.safeParse(item);
  if (parsed.success) return parsed.data;
  const at = placeOf(parsed.error);
  throw new AcknetError(
    'cloud.malformed',
    `Cluster ${cluster}: entry ${index + 1} of the answer to ${partsOf(read.action).api} has no readable ${at}.`,
    { hint: 'Nothing is judged by it. Report it with `acknet doctor --cloud --probe`.' },
  );
}

const placeOf = ({ issues }: z.ZodError): string =>
  issues[0]?.path.map(String).join('.').slice(0, 100) || 'content';
