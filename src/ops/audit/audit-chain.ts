import { createHash, createHmac, randomUUID } from 'node:crypto';
import type { Masked } from '../../masking/masked.js';
import type { AuditEntry } from '../../proposals/ports.js';

/** `sha256` = unkeyed: shows accidents, but whoever can write to Redis can recompute it. */
type ChainAlgorithm = 'hmac-sha256' | 'sha256';

/** One link as it is stored; `entry` is the very text that was hashed. */
export interface AuditRecord {
  readonly seq: number;
  readonly prev: string;
  readonly algorithm: ChainAlgorithm;
  /** Random: two equal entries made at the same moment are two records with two hashes. */
  readonly nonce: string;
  readonly hash: string;
  readonly entry: string;
}

export interface AuditHead {
  /** 0 = nothing recorded yet. */
  readonly seq: number;
  readonly hash: string;
}

export const genesis: AuditHead = { seq: 0, hash: '' };

/** Whether the record is what its hash says, by any of the keys. */
export function matches(record: AuditRecord, keys: readonly string[]): boolean {
  if (record.algorithm === 'sha256') return hashOf(record, undefined) === record.hash;
  return keys.some((key) => hashOf(record, key) === record.hash);
}

/** With keys, an unkeyed record proves nothing: anybody could have made it. */
export const holds = (record: AuditRecord, keys: readonly string[]): boolean =>
  (keys.length === 0 || record.algorithm === 'hmac-sha256') && matches(record, keys);

/** What is said in a record, in words of people and of servers, is masked; the rest of it are ids and hashes. */
export type MaskedEntry = Omit<AuditEntry, 'detail'> & { readonly detail?: Masked };

export function linkAfter(head: AuditHead, entry: MaskedEntry, key: string | undefined): AuditRecord {
  const algorithm = key === undefined ? 'sha256' : 'hmac-sha256';
  const nonce = randomUUID();
  const link = {
    seq: head.seq + 1,
    prev: head.hash,
    algorithm,
    nonce,
    entry: JSON.stringify(entry),
  } as const;
  return { ...link, hash: hashOf(link, key) };
}

function hashOf(link: Omit<AuditRecord, 'hash'>, key: string | undefined): string {
  const text = [link.algorithm, link.prev, link.seq, link.nonce, link.entry].join('\n');
  const keyed = link.algorithm === 'hmac-sha256';
  return (keyed ? createHmac('sha256', key ?? '') : createHash('sha256')).update(text).digest('hex');
}
