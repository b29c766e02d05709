import { randomBytes } from 'node:crypto';
import type { Redis } from 'ioredis';

/** As long as `{acknet}`: names are what much of the memory goes into. */
export const shortPrefix = (): string => `{${randomBytes(3).toString('hex')}}`;

/** Bytes in Redis by kind of key, as `MEMORY USAGE` counts them: names and expiry included, ids and places left out. */
export async function keptBytes(redis: Redis, prefix: string): Promise<ReadonlyMap<string, number>> {
  const bytes = new Map<string, number>();
  for (const key of await redis.keys(`${prefix}:*`)) {
    const [kind = ''] = key.slice(prefix.length + 1).split(/:(?=[A-Z\d]|.*[\w-]{16})/);
    const size = Number(await redis.call('MEMORY', 'USAGE', key, 'SAMPLES', '0'));
    bytes.set(kind, (bytes.get(kind) ?? 0) + size);
  }
  return bytes;
}

/** What grew, per check. */
export const grownBy = (
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
  checks: number,
): ReadonlyMap<string, number> =>
  new Map(
    [...after]
      .map(([kind, bytes]): [string, number] => [kind, (bytes - (before.get(kind) ?? 0)) / checks])
      .filter(([, bytes]) => bytes > 0),
  );

/** 1,000 checks are to leave 5 MB at most: so many bytes each. */
export const BYTES_A_CHECK = 5000;

export const sumOf = (grown: ReadonlyMap<string, number>): number =>
  [...grown.values()].reduce((sum, bytes) => sum + bytes, 0);
