import { createHash } from 'node:crypto';
import { type AuditHead, type AuditRecord, matches } from './audit-chain.js';
import type { Ledger } from './ledger.js';

/** A place of the chain, and all that stands before it: whoever has the records can compute it, without the key. */
export interface Attested extends AuditHead {
  readonly digest: string;
}

export const nothingAttested: Attested = { seq: 0, hash: '', digest: '' };

const leafOf = ({ seq, hash, entry }: AuditRecord): string =>
  createHash('sha256')
    .update(JSON.stringify([seq, hash, entry]))
    .digest('hex');

const roll = (digest: string, leaf: string): string =>
  createHash('sha256').update(`${digest}\n${leaf}`).digest('hex');

/** SHA-256 over the one before and the record's seq, hash and entry. */
export const rollDigest = (digest: string, record: AuditRecord): string => roll(digest, leafOf(record));

/** Why the chain is not attested, in words. */
interface Refusal {
  readonly refusal: string;
}

/**
 * The end of the chain, if every record since the place attested before is of this key and follows the one before.
 * Records from before there was a key may stand at the very beginning only.
 */
export async function attestChain(ledger: Ledger, since: Attested): Promise<Attested | Refusal> {
  const leaves: string[] = [];
  let newest: AuditRecord | undefined;
  let next: AuditRecord | undefined;
  const head = await ledger.head();
  // Taken before the log is read: what this process appends meanwhile may stand beyond the page it gets.
  const least = Math.max(head.seq, ledger.memory.last.seq, since.seq);
  for await (const record of ledger.recordsBack()) {
    const refusal = refusalOf(ledger, record, next);
    if (refusal !== undefined) return { refusal };
    newest ??= record;
    next = record;
    if (record.seq <= since.seq) break;
    leaves.push(leafOf(record));
  }
  const end: AuditHead = newest ?? nothingAttested;
  if (end.seq < least) return { refusal: `it ends at record ${end.seq}, and was longer` };
  if (next && (since.seq > 0 ? next.seq !== since.seq || next.hash !== since.hash : next.seq !== 1))
    return { refusal: `record ${next.seq} is not what stood there` };
  return { seq: end.seq, hash: end.hash, digest: leaves.reduceRight(roll, since.digest) };
}

function refusalOf(
  { keyring, memory }: Ledger,
  record: AuditRecord,
  next: AuditRecord | undefined,
): string | undefined {
  const { seq, hash, algorithm } = record;
  if (next !== undefined && (next.seq !== seq + 1 || next.prev !== hash))
    return `record ${next.seq} does not continue record ${seq}`;
  if (memory.last.seq === seq && memory.last.hash !== hash) return `record ${seq} is not what was written`;
  if (next === undefined && algorithm === 'sha256') return `record ${seq} is unkeyed`;
  if (next?.algorithm === 'sha256' && algorithm !== 'sha256') return `record ${next.seq} is unkeyed`;
  return matches(record, keyring.all) ? undefined : `record ${seq} does not match its hash`;
}
