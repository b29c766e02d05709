import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { redact } from '../../cluster/redact.js';
import { AcknetError } from '../../errors.js';
import type { AuditEntry } from '../../proposals/ports.js';
import type { RedisClient } from '../connect-redis.js';
import type { Logger } from '../log.js';
import { onRedis } from '../on-redis.js';
import { type AuditHead, type AuditRecord, genesis, linkAfter } from './audit-chain.js';
import { commitScript } from './commit-script.js';

export interface DocumentWrite {
  readonly key: string;
  /** Revision it was read at; '' = it must not exist yet. */
  readonly expected: string;
  readonly value: string;
  /** Absent = for ever. */
  readonly ttlSeconds?: number | undefined;
}

export interface IndexWrite {
  readonly key: string;
  readonly member: string;
  /** undefined = take it out. */
  readonly score: number | undefined;
}

export interface Commit {
  readonly documents: readonly DocumentWrite[];
  readonly indexes?: readonly IndexWrite[];
  /** Absent = a change that is no step of anything, such as where a card stands. */
  readonly entry?: AuditEntry | undefined;
}

/** Documents in Redis that change only together with their audit record. */
export interface Ledger {
  /** `moved` = a document is not any more as it was read; nothing was written. */
  commit(commit: Commit): Promise<'done' | 'moved'>;
  load(key: string): Promise<{ revision: string; value: string } | undefined>;
  head(): Promise<AuditHead>;
  /** Oldest first, page by page. */
  records(): AsyncIterable<AuditRecord & { readonly id: string }>;
  readonly auditKey: string | undefined;
}

export interface LedgerOptions {
  readonly redis: RedisClient;
  /** A Redis hash tag, so that one script may touch all keys on a Redis Cluster too. */
  readonly prefix: string;
  /** Absent = the chain is unkeyed. */
  readonly auditKey?: string | undefined;
  readonly logger: Logger;
}

/** Losing the race for the head costs one round trip; so many losses in a row mean that something is wrong. */
const MAX_RACES = 500;
const MAX_DETAIL = 2000;
const PAGE = 500;

export function createLedger({ redis, prefix, auditKey, logger }: LedgerOptions): Ledger {
  const stream = `${prefix}:audit`;
  const headKey = `${prefix}:audit:head`;

  async function head(): Promise<AuditHead> {
    const [hash, seq] = await onRedis('read the audit head', () => redis.hmget(headKey, 'hash', 'seq'));
    return hash == null ? genesis : { hash, seq: Number(seq) };
  }

  async function send(
    commit: Commit,
    record: AuditRecord | undefined,
    revision: string,
  ): Promise<readonly string[]> {
    const indexes = commit.indexes ?? [];
    const keys = [stream, headKey, ...commit.documents.map(keyOf), ...indexes.map(keyOf)];
    const args = [
      ...[record?.prev ?? '', record?.seq ?? 0, record?.algorithm ?? ''],
      ...[record?.nonce ?? '', record?.hash ?? '', record?.entry ?? '', revision, commit.documents.length],
      ...commit.documents.flatMap((document) => [
        document.expected,
        document.value,
        document.ttlSeconds ?? 0,
      ]),
      ...indexes.flatMap(({ score, member }) =>
        score === undefined ? ['remove', 0, member] : ['add', score, member],
      ),
    ];
    const reply = await onRedis('store the change', () =>
      redis.eval(commitScript, keys.length, ...keys, ...args),
    );
    return reply as readonly string[];
  }

  async function commitAudited(commit: Commit, entry: AuditEntry): Promise<'done' | 'moved'> {
    let known = await head();
    for (let race = 0; race < MAX_RACES; race += 1) {
      const record = linkAfter(known, entry, auditKey);
      const [outcome, hash = '', seq = '0'] = await send(commit, record, record.hash);
      if (outcome === 'done') {
        logger.info({ audit: { ...entry, seq: record.seq, hash: record.hash } }, 'audit');
        return 'done';
      }
      if (outcome === 'moved') return 'moved';
      known = { hash, seq: Number(seq) };
      await sleep(Math.random() * Math.min(race, 20));
    }
    throw new AcknetError('redis.unavailable', `The audit chain moved ${MAX_RACES} times under one record.`);
  }

  return {
    auditKey,
    head,
    commit: async (commit) => {
      if (commit.entry) return commitAudited(commit, presentable(commit.entry));
      const [outcome] = await send(commit, undefined, randomUUID());
      return outcome === 'done' ? 'done' : 'moved';
    },
    load: async (key) => {
      const [revision, value] = await onRedis('read a document', () => redis.hmget(key, 'rev', 'value'));
      return revision == null || value == null ? undefined : { revision, value };
    },
    records: () => readRecords(redis, stream),
  };
}

const keyOf = ({ key }: { key: string }): string => key;

function presentable(entry: AuditEntry): AuditEntry {
  if (entry.detail === undefined) return entry;
  return { ...entry, detail: redact(entry.detail).slice(0, MAX_DETAIL) };
}

async function* readRecords(
  redis: RedisClient,
  stream: string,
): AsyncGenerator<AuditRecord & { readonly id: string }> {
  let from = '-';
  for (;;) {
    const page = await onRedis('read the audit log', () => redis.xrange(stream, from, '+', 'COUNT', PAGE));
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
