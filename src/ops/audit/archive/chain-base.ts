import { z } from 'zod';
import { type Attested, nothingAttested } from '../attest-chain.js';
import { type AuditRecord, holds } from '../audit-chain.js';
import type { Ledger } from '../ledger.js';
import { parseEntry } from '../parse-entry.js';

const entrySchema = z.object({
  archived: z.object({ seq: z.int().positive(), hash: z.string(), digest: z.string() }),
});

/** The whole chain: what was archived, then what Redis holds. A record of Redis that says otherwise comes out too. */
export async function* wholeChain(
  ledger: Ledger,
  archive: readonly AuditRecord[],
): AsyncGenerator<AuditRecord> {
  const hashes = new Map(archive.map(({ seq, hash }) => [seq, hash]));
  yield* archive;
  for await (const record of ledger.records()) if (hashes.get(record.seq) !== record.hash) yield record;
}

/**
 * What stood before the first record that is there: what a record of the chain itself says was archived. Without such a
 * record the chain begins with record 1, or something is missing. `keys` undefined = the digest has to prove it.
 */
export async function findBase(
  chain: () => AsyncIterable<AuditRecord>,
  keys: readonly string[] | undefined,
): Promise<Attested> {
  let first: AuditRecord | undefined;
  for await (const record of chain()) {
    first ??= record;
    if (first.seq <= 1) return nothingAttested;
    const said = entrySchema.safeParse(parseEntry(record.entry)).data?.archived;
    if (said?.seq !== first.seq - 1 || said.hash !== first.prev) continue;
    if (keys === undefined || holds(record, keys)) return said;
  }
  return nothingAttested;
}
