import { z } from 'zod';
import { type AuditRecord, holds } from '../../ops/audit/audit-chain.js';
import type { Ledger } from '../../ops/audit/ledger.js';
import { parseEntry } from '../../ops/audit/parse-entry.js';
import { personSchema, proposalStates } from '../../proposals/proposal.js';
import type { Doubt } from './doubt.js';

const entrySchema = z.object({
  action: z.string(),
  actor: z.union([personSchema, z.literal('system')]),
  at: z.string(),
  proposal: z.string().optional(),
  to: z.enum(proposalStates).optional(),
  digest: z.string().optional(),
  writes: z.record(z.string(), z.string()).optional(),
});

/** A verified record of the chain. */
export interface Mark extends z.infer<typeof entrySchema> {
  readonly hash: string;
}

/** What the chain says of a change since its card, newest first. */
export interface Trail {
  readonly marks: readonly Mark[];
  /** The newest record looked at: what comes after it is to be read next time. */
  readonly seq: number;
  readonly hash: string;
}

/** Reads the chain back to where a change was proposed, or to where an earlier trail of it ended. Every link must hold. */
export async function readTrail(
  ledger: Ledger,
  id: string,
  known: Trail | undefined,
): Promise<Trail | Doubt> {
  const head = await ledger.head();
  // Taken before the log is read: what this process appends meanwhile may stand beyond the page it gets.
  const least = Math.max(head.seq, ledger.memory.last.seq);
  const marks: Mark[] = [];
  let newest: AuditRecord | undefined;
  let next: AuditRecord | undefined;
  for await (const record of ledger.recordsBack()) {
    const doubt = doubtOf(ledger, { record, next, head, least });
    if (doubt !== undefined) return doubt;
    newest ??= record;
    if (record.seq === known?.seq)
      return record.hash === known.hash ? trailOf(newest, [...marks, ...known.marks]) : 'log-altered';
    const mark = markOf(record);
    if (mark) marks.push(mark);
    if (mark?.proposal === id && mark.action === 'proposed')
      return record.seq < ledger.memory.floor ? 'log-cut' : trailOf(newest, marks);
    next = record;
  }
  return newest === undefined && head.seq > 0 ? 'log-cut' : 'unrecorded';
}

const trailOf = ({ seq, hash }: AuditRecord, marks: readonly Mark[]): Trail => ({ seq, hash, marks });

interface Place {
  readonly record: AuditRecord;
  readonly next: AuditRecord | undefined;
  readonly head: { readonly seq: number; readonly hash: string };
  /** The newest record must be this one, or come after it. */
  readonly least: number;
}

function doubtOf({ keyring, memory }: Ledger, { record, next, head, least }: Place): Doubt | undefined {
  const { seq, hash } = record;
  if (next === undefined && seq < least) return 'log-cut';
  if (next !== undefined && (next.seq !== seq + 1 || next.prev !== hash)) return 'log-altered';
  const seen = [head, memory.last].filter((place) => place.seq === seq);
  if (seen.some((place) => place.hash !== hash)) return 'log-altered';
  return holds(record, keyring.all) ? undefined : 'log-altered';
}

function markOf({ entry, hash }: AuditRecord): Mark | undefined {
  const parsed = entrySchema.safeParse(parseEntry(entry));
  return parsed.success ? { ...parsed.data, hash } : undefined;
}
