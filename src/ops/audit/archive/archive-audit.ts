import { maskedBefore } from '../../../masking/masked-document.js';
import { AcknetError } from '../../../errors.js';
import { count } from '../../../texts/count.js';
import { onRedis } from '../../on-redis.js';
import { type Attested, rollDigest } from '../attest-chain.js';
import type { AuditRecord } from '../audit-chain.js';
import { type CheckpointOptions, readCheckpoints, takeCheckpoint } from '../audit-checkpoints.js';
import { checkpointKeys } from '../checkpoint-key.js';
import { streamKey } from '../read-records.js';
import { verifyAudit } from '../verify-audit.js';
import { verifyDocuments } from '../verify-documents.js';
import { readArchives, writeArchive } from './archive-file.js';
import { findBase } from './chain-base.js';
import { type ArchiveLimits, planArchive } from './plan-archive.js';

interface Archived {
  /** First and last record in the file; undefined = nothing was to go, and no file was written. */
  readonly range?: { readonly from: number; readonly to: number } | undefined;
  /** Records that a change which Redis still holds keeps back. */
  readonly held: number;
}

/**
 * Moves the oldest records to a new file, and says so in the chain itself: from that record on the chain may begin where the
 * file ends. Nothing is taken out of Redis before the file was read back and the end of the chain attested.
 */
export async function archiveAudit(
  options: CheckpointOptions,
  { file, ...limits }: ArchiveLimits & { readonly file: string },
): Promise<Archived> {
  const { ledger, now } = options;
  await refuseUnsound(options);
  const { upTo, held, restate } = await planArchive(ledger, options, limits);
  const base = await findBase(() => ledger.records(), ledger.keyring.all);
  if (upTo <= base.seq) return { held };
  await writeArchive(file, through(ledger.records(), upTo));
  const end = await readBack(file, base);
  if (end.seq !== upTo) throw unsound(`${file} does not hold what was written to it`);
  for (const key of restate) await writeAnew(options, key);
  const entry = { action: 'archived', actor: 'system', at: now().toISOString() } as const;
  const range = { from: base.seq + 1, to: upTo };
  const detail = `records ${range.from} to ${range.to}`;
  await ledger.commit({ documents: [], entry: { ...entry, detail, archived: end } });
  const { signed } = await takeCheckpoint(options);
  if (ledger.keyring.newest !== undefined && signed === undefined)
    throw unsound('its end could not be signed');
  await trim(options, upTo);
  return { range, held };
}

async function refuseUnsound(options: CheckpointOptions): Promise<void> {
  const { ledger, redis, prefix } = options;
  const known = (await readCheckpoints(redis, prefix)).filter((checkpoint) => checkpoint !== undefined);
  const publicKeys = checkpointKeys(ledger.keyring).map(({ publicKey }) => publicKey);
  const { faults } = await verifyAudit(ledger, known, { publicKeys });
  const all = [...faults, ...(await verifyDocuments(ledger, options))];
  if (all.length > 0) throw unsound(`it has ${count(all.length, 'fault')}`);
}

const unsound = (why: string): AcknetError =>
  new AcknetError('audit.unsound', `Nothing was taken out of the audit log: ${why}.`, {
    hint: 'Run `acknet audit verify`, and look at what it names first.',
  });

async function* through(records: AsyncIterable<AuditRecord>, upTo: number): AsyncGenerator<AuditRecord> {
  for await (const record of records) {
    if (record.seq > upTo) return;
    yield record;
  }
}

async function readBack(file: string, base: Attested): Promise<Attested> {
  let end = base;
  for (const record of await readArchives([file])) {
    if (record.seq !== end.seq + 1 || record.prev !== end.hash) break;
    end = { seq: record.seq, hash: record.hash, digest: rollDigest(end.digest, record) };
  }
  return end;
}

/** The same text in a new record: its old one is no longer needed to bear it out. Moved meanwhile = that did it. */
async function writeAnew({ ledger, now }: CheckpointOptions, key: string): Promise<void> {
  const found = await ledger.load(key);
  if (found === undefined) return;
  const document = { key, expected: found.revision, value: maskedBefore(found.value) };
  const entry = { action: 'kept', actor: 'system', at: now().toISOString(), detail: key } as const;
  await ledger.commit({ documents: [document], entry });
}

async function trim({ ledger, redis, prefix }: CheckpointOptions, upTo: number): Promise<void> {
  for await (const { seq, id } of ledger.records())
    if (seq > upTo)
      return void (await onRedis('shorten the audit log', () => redis.xtrim(streamKey(prefix), 'MINID', id)));
}
