import { findBase, wholeChain } from './archive/chain-base.js';
import { type Attested, rollDigest } from './attest-chain.js';
import { type AuditHead, type AuditRecord, matches } from './audit-chain.js';
import { type Checkpoint, isSigned } from './audit-checkpoints.js';
import type { Ledger } from './ledger.js';

export interface AuditFault {
  readonly kind: 'altered' | 'missing' | 'cut-off' | 'unkeyed' | 'forged' | 'disagrees';
  /** The record it shows at, or the first one that is not there. */
  readonly seq: number;
  readonly detail: string;
}

export interface AuditVerdict {
  readonly ok: boolean;
  readonly records: number;
  /** The last of the records that were archived and were not given; 0 = the chain was seen from its beginning. */
  readonly archivedUpTo: number;
  readonly head: AuditHead;
  /** Records that carry a keyed hash; the others prove nothing against someone who can write to Redis. */
  readonly keyed: number;
  /** The last record that a signed checkpoint covers, 0 = none; what comes after it nobody without the secret can tell. */
  readonly signedUpTo: number;
  readonly faults: readonly AuditFault[];
}

const MAX_FAULTS = 100;

/** Where the chain must have stood, and who says so. */
interface Known extends AuditHead {
  readonly from: string;
  /** Of all records up to there. */
  readonly digest?: string | undefined;
}

const knownFrom = ({ seq, hash, at, signed }: Checkpoint): Known => ({
  seq,
  hash,
  digest: signed?.digest,
  from: `the checkpoint of ${at}`,
});

/** Who looks: with the secret each record is judged by itself, without it by the signed checkpoints over it. */
interface Looking {
  readonly publicKeys: readonly string[];
  readonly withoutSecret?: boolean;
  /** Records that were archived, oldest first. */
  readonly archive?: readonly AuditRecord[];
}

/** Reads the whole chain once and says where it does not hold. */
export async function verifyAudit(
  ledger: Ledger,
  checkpoints: readonly Checkpoint[],
  { publicKeys, withoutSecret = false, archive = [] }: Looking = { publicKeys: [] },
): Promise<AuditVerdict> {
  const claimed = checkpoints.filter(({ signed }) => signed && publicKeys.includes(signed.publicKey));
  const signed = new Set(claimed.filter((checkpoint) => isSigned(checkpoint, publicKeys)));
  const faults: AuditFault[] = claimed.filter((checkpoint) => !signed.has(checkpoint)).map(forgery);
  const keys = withoutSecret ? undefined : ledger.keyring.all;
  const base = await findBase(() => wholeChain(ledger, archive), keys);
  let digest = base.digest;
  let astray = false;
  let last: AuditHead = { seq: base.seq, hash: base.hash };
  let records = 0;
  let keyed = 0;
  // Read first: records that are added while this runs only make the chain longer.
  const known = [...checkpoints.map(knownFrom), { ...(await ledger.head()), from: 'the head' }];
  const wanted = bySeq(known);
  for await (const record of wholeChain(ledger, archive)) {
    faults.push(...faultsOf(record, { last, wanted, keyedBefore: keyed > 0, keys }));
    digest = rollDigest(digest, record);
    const other: Known | undefined = astray
      ? undefined
      : otherDigest(wanted.get(record.seq), { ...record, digest });
    if (other) faults.push(astrayFault(record.seq, other));
    astray ||= other !== undefined;
    records += 1;
    keyed += record.algorithm === 'hmac-sha256' ? 1 : 0;
    last = { seq: record.seq, hash: record.hash };
    if (faults.length >= MAX_FAULTS) break;
  }
  if (faults.length < MAX_FAULTS) faults.push(...endFaults(last, known));
  const signedUpTo = Math.max(0, ...[...signed].map(({ seq }) => seq));
  return { ok: faults.length === 0, records, archivedUpTo: base.seq, head: last, keyed, signedUpTo, faults };
}

const forgery = ({ seq, at, signed }: Checkpoint): AuditFault => ({
  kind: 'forged',
  seq,
  detail: `The checkpoint of ${at} is not what ${signed?.publicKey} signed.`,
});

/** Another hash is a fault by itself: this is what only the digest knows. */
const otherDigest = (known: readonly Known[] = [], { hash, digest }: Attested): Known | undefined =>
  known.find((entry) => entry.digest !== undefined && entry.hash === hash && entry.digest !== digest);

/** Once is enough: from there on no digest can fit. */
const astrayFault = (seq: number, { from }: Known): AuditFault => ({
  kind: 'altered',
  seq,
  detail: `The records up to ${seq} are not the ones of ${from}.`,
});

interface Place {
  readonly last: AuditHead;
  readonly wanted: ReadonlyMap<number, readonly Known[]>;
  readonly keyedBefore: boolean;
  /** undefined = there is no secret to judge a keyed record by. */
  readonly keys: readonly string[] | undefined;
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
  const judged = keys !== undefined || record.algorithm === 'sha256';
  if (judged && !matches(record, keys ?? []))
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
