import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { AcknetError } from '../../errors.js';
import { mask } from '../../masking/mask.js';
import type { Masked } from '../../masking/masked.js';
import type { AuditEntry } from '../../proposals/ports.js';
import type { RedisClient } from '../connect-redis.js';
import type { Logger } from '../log.js';
import { onRedis } from '../on-redis.js';
import { type AuditHead, type AuditRecord, genesis, linkAfter, type MaskedEntry } from './audit-chain.js';
import { commitAll } from './commit-all.js';
import { createKeyring, createSealer, type Keyring, type Seal, type Sealer } from './keyring.js';
import { createLedgerMemory, type LedgerMemory } from './ledger-memory.js';
import { readRecords, readRecordsBack, type StoredRecord, streamKey } from './read-records.js';

export interface DocumentWrite {
  readonly key: string;
  /** Revision it was read at; '' = it must not exist yet. */
  readonly expected: string;
  readonly value: Masked;
  /** Absent = for ever. */
  readonly ttlSeconds?: number | undefined;
}

export interface IndexWrite {
  readonly key: string;
  readonly member: string;
  /** undefined = take it out. */
  readonly score: number | undefined;
}

interface Commit {
  readonly documents: readonly DocumentWrite[];
  readonly indexes?: readonly IndexWrite[];
  /** Absent = a change that is no step of anything, such as where a card stands. */
  readonly entry?: AuditEntry | undefined;
}

export interface StoredDocument {
  readonly revision: string;
  readonly value: string;
  readonly seal: Seal;
}

/** Documents in Redis that change only together with their audit record. */
export interface Ledger {
  /** `moved` = a document is not any more as it was read; nothing was written. */
  commit(commit: Commit): Promise<'done' | 'moved'>;
  load(key: string): Promise<StoredDocument | undefined>;
  head(): Promise<AuditHead>;
  /** Oldest first, page by page. */
  records(): AsyncIterable<StoredRecord>;
  /** Newest first, page by page. */
  recordsBack(): AsyncIterable<StoredRecord>;
  readonly keyring: Keyring;
  readonly sealer: Sealer;
  readonly memory: LedgerMemory;
}

interface LedgerOptions {
  readonly redis: RedisClient;
  /** A Redis hash tag, so that one script may touch all keys on a Redis Cluster too. */
  readonly prefix: string;
  /** Absent = the chain is unkeyed. */
  readonly auditKey?: string | undefined;
  readonly logger: Logger;
}

/** Separates the record a revision stems from, from what tells revisions without a record of their own apart. */
const BESIDE = '.';

/** Hash of the last audit record that wrote a document of this revision. */
export const recordOf = (revision: string): string => revision.split(BESIDE)[0] ?? '';

/** Losing the race for the head costs one round trip; so many losses in a row mean that something is wrong. */
const MAX_RACES = 500;
const MAX_DETAIL = 2000;

export function createLedger({ redis, prefix, auditKey, logger }: LedgerOptions): Ledger {
  const stream = streamKey(prefix);
  const headKey = `${stream}:head`;
  const keyring = createKeyring(auditKey);
  const sealer = createSealer(keyring);
  const memory = createLedgerMemory();

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
        sealer.seal({ place: document.key, revision, text: document.value }) ?? '',
      ]),
      ...indexes.flatMap(({ score, member }) =>
        score === undefined ? ['remove', 0, member] : ['add', score, member],
      ),
    ];
    const reply = await onRedis('store the change', () => commitAll(redis, keys, args));
    return reply as readonly string[];
  }

  async function commitAudited(commit: Commit, entry: MaskedEntry): Promise<'done' | 'moved'> {
    const before = memory.last.seq;
    let known = await head();
    for (let race = 0; race < MAX_RACES; race += 1) {
      const record = linkAfter(known, entry, keyring.newest);
      const [outcome, hash = '', seq = '0'] = await send(commit, record, record.hash);
      if (outcome === 'done') {
        if (memory.add(record, before) === 'shorter')
          logger.error({ seq: record.seq }, 'the audit log is shorter than this process has seen it');
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
    keyring,
    sealer,
    memory,
    head,
    commit: async (commit) => {
      if (commit.entry) return commitAudited(commit, presentable(commit.entry, commit.documents));
      const stems = recordOf(commit.documents[0]?.expected ?? '');
      const [outcome] = await send(commit, undefined, `${stems}${BESIDE}${randomUUID()}`);
      return outcome === 'done' ? 'done' : 'moved';
    },
    load: async (key) => {
      const read = () => redis.hmget(key, 'rev', 'value', 'seal');
      const [revision, value, seal] = await onRedis('read a document', read);
      if (revision == null || value == null) return undefined;
      const sealed = { place: key, revision, text: value };
      return { revision, value, seal: sealer.check(sealed, seal || undefined) };
    },
    records: () => readRecords(redis, stream),
    recordsBack: () => readRecordsBack(redis, stream),
  };
}

const keyOf = ({ key }: { key: string }): string => key;

/** What a record says of each document it wrote: the record that wrote it before, '' = it was made. */
const writesOf = (documents: readonly DocumentWrite[]): Record<string, string> =>
  Object.fromEntries(documents.map(({ key, expected }) => [key, recordOf(expected)]));

function presentable({ detail, ...entry }: AuditEntry, documents: readonly DocumentWrite[]): MaskedEntry {
  const said = detail === undefined ? {} : { detail: mask(mask(detail).slice(0, MAX_DETAIL)) };
  return { ...entry, ...said, ...(documents.length > 0 && { writes: writesOf(documents) }) };
}
