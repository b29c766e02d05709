import type { RedisClient } from '../connect-redis.js';
import { onRedis } from '../on-redis.js';
import type { AuditRecord } from './audit-chain.js';

/** `id` = of its entry in the stream. */
export type StoredRecord = AuditRecord & { readonly id: string };

const PAGE = 500;

export const streamKey = (prefix: string): string => `${prefix}:audit`;

/** Oldest first. */
export async function* readRecords(redis: RedisClient, stream: string): AsyncGenerator<StoredRecord> {
  let from = '-';
  for (;;) {
    const page = await onRedis('read the audit log', () => redis.xrange(stream, from, '+', 'COUNT', PAGE));
    for (const [id, fields] of page) yield { id, ...recordOf(fields) };
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return;
    from = `(${last[0]}`;
  }
}

/** Newest first. */
export async function* readRecordsBack(redis: RedisClient, stream: string): AsyncGenerator<StoredRecord> {
  let from = '+';
  for (;;) {
    const page = await onRedis('read the audit log', () => redis.xrevrange(stream, from, '-', 'COUNT', PAGE));
    for (const [id, fields] of page) yield { id, ...recordOf(fields) };
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return;
    from = `(${last[0]}`;
  }
}

/** Whatever stands in Redis may have been tampered with: a missing field becomes one that cannot be valid. */
function recordOf(fields: readonly string[]): AuditRecord {
  const of = (name: string): string => {
    const at = fields.findIndex((field, index) => index % 2 === 0 && field === name);
    return (at === -1 ? undefined : fields[at + 1]) ?? '';
  };
  return {
    seq: Number(of('seq')),
    prev: of('prev'),
    algorithm: of('algorithm') === 'hmac-sha256' ? 'hmac-sha256' : 'sha256',
    nonce: of('nonce'),
    hash: of('hash'),
    entry: of('entry'),
  };
}
