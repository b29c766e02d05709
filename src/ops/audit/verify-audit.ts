import { type AuditHead, type AuditRecord, genesis, matches } from './audit-chain.js';
import type { Checkpoint } from './audit-checkpoints.js';
import type { Ledger } from './ledger.js';

export interface AuditFault {
  readonly kind: 'altered' | 'missing' | 'cut-off' | 'unkeyed' | 'disagrees';
  /** The record it shows at, or the first one that is not there. */
  readonly seq: number;
  readonly detail: string;
}

export interface AuditVerdict {
  readonly ok: boolean;
  readonly records: number;
  readonly head: AuditHead;
  /** Records that carry a keyed hash; the others prove nothing against someone who can write to Redis. */
  readonly keyed: number;
  readonly faults: readonly AuditFault[];
}

const MAX_FAULTS = 100;

/** Where the chain must have stood, and who says so. */
interface Known extends AuditHead {
  readonly from: string;
}

const knownFrom = ({ seq, hash, at }: Checkpoint): Known => ({ seq, hash, from: `the checkpoint of ${at}` });

/** Reads the whole chain once and says where it does not hold. */
export async function verifyAudit(ledger: Ledger, checkpoints: readonly Checkpoint[]): Promise<AuditVerdict> {
  const faults: AuditFault[] = [];
  let last: AuditHead = genesis;
  let records = 0;
  let keyed = 0;
  // Read first: records that are added while this runs only make the chain longer.
  const known = [...checkpoints.map(knownFrom), { ...(await ledger.head()), from: 'the head' }];
  const wanted = bySeq(known);
  for await (const record of ledger.records()) {
    faults.push(...faultsOf(record, { last, wanted, keyedBefore: keyed > 0, keys: ledger.keyring.all }));
    records += 1;
    keyed += record.algorithm === 'hmac-sha256' ? 1 : 0;
    last = { seq: record.seq, hash: record.hash };
    if (faults.length >= MAX_FAULTS) break;
  }
  if (faults.length < MAX_FAULTS) faults.push(...endFaults(last, known));
  return { ok: faults.length === 0, records, head: last, keyed, faults };
}

interface Place {
  readonly last: AuditHead;
  readonly wanted: ReadonlyMap<number, readonly Known[]>;
  readonly keyedBefore: boolean;
  readonly keys: readonly string[];
}

function faultsOf(record: AuditRecord, { last, wanted, keyedBefore, keys }: Place): AuditFault[] {
  const { seq } = record;
  const faults: AuditFault[] = [];
  if (seq !== last.seq + 1)
    faults.push({
      kind: 'missing',
      seq: last.seq + 1,
      detail: `Record ${last.seq + 1} should follow record ${last.seq}; record ${seq} does.`,
    });
  else if (record.prev !== last.hash)
    faults.push({ kind: 'altered', seq, detail: `Record ${seq} does not continue record ${last.seq}.` });
  if (!matches(record, keys))
    faults.push({ kind: 'altered', seq, detail: `Record ${seq} does not match its hash.` });
  if (record.algorithm === 'sha256' && keyedBefore)
    faults.push({ kind: 'unkeyed', seq, detail: `Record ${seq} is unkeyed, after records that are keyed.` });
  const other = wanted.get(seq)?.find(({ hash }) => hash !== record.hash);
  if (other) faults.push({ kind: 'altered', seq, detail: `Record ${seq} is not the one of ${other.from}.` });
  return faults;
}

function bySeq(known: readonly Known[]): ReadonlyMap<number, readonly Known[]> {
  const map = new Map<number, Known[]>();
  for (const entry of known) map.set(entry.seq, [...(map.get(entry.seq) ?? []), entry]);
  return map;
}

function endFaults(last: AuditHead, known: readonly Known[]): AuditFault[] {
  const furthest = known.reduce((most, entry) => (entry.seq > most.seq ? entry : most), {
    ...last,
    from: '',
  });
  if (furthest.seq === last.seq) return [];
  const detail = `The log ends at record ${last.seq}, but ${furthest.from} stood at record ${furthest.seq}.`;
  return [{ kind: 'cut-off', seq: last.seq + 1, detail }];
}
