import { readFile } from 'node:fs/promises';
import { AcknetError } from '../errors.js';
import { maskedJson } from '../masking/mask.js';
import type { Masked } from '../masking/masked.js';
import { type Checkpoint, parseCheckpoint, readCheckpoints } from '../ops/audit/audit-checkpoints.js';
import { readArchives } from '../ops/audit/archive/archive-file.js';
import { createAuditLog } from '../ops/audit/audit-log.js';
import { checkpointKeys, parsePublicKey } from '../ops/audit/checkpoint-key.js';
import { type AuditVerdict, verifyAudit } from '../ops/audit/verify-audit.js';
import { verifyDocuments } from '../ops/audit/verify-documents.js';
import type { Actor, AuditEntry } from '../proposals/ports.js';
import { auditTexts } from '../texts/cli/audit.js';
import { parseSince } from './auditing/parse-since.js';
import { withLedger } from './auditing/with-ledger.js';
import { exitCodes } from './terminal/exit-codes.js';
import { forTerminal } from './terminal/for-terminal.js';
import type { CommandResult, Runtime } from './runtime.js';

interface AuditFlags {
  readonly cluster?: string | undefined;
  readonly since?: string | undefined;
  readonly json?: boolean;
  readonly prefix: string;
}

export async function printAudit(flags: AuditFlags, runtime: Runtime): CommandResult {
  const since = flags.since === undefined ? undefined : parseSince(flags.since, runtime.now());
  return withLedger(flags, runtime, async (ledger) => {
    const entries = await createAuditLog(ledger).read({
      cluster: flags.cluster,
      since,
    });
    const line = flags.json ? maskedJson : renderEntry;
    for (const entry of entries) runtime.stdout.write(line(entry));
    if (entries.length === 0) runtime.stderr.write(forTerminal(`${auditTexts.noRecords}\n`));
    return exitCodes.done;
  });
}

interface VerifyFlags {
  readonly checkpoint?: string;
  /** Several comma separated, where the key changed. */
  readonly publicKey?: string;
  /** Files that `acknet audit archive` wrote. */
  readonly archive?: readonly string[];
  readonly prefix: string;
}

export async function verify(flags: VerifyFlags, runtime: Runtime): CommandResult {
  const given = flags.checkpoint === undefined ? [] : await readCheckpointFile(flags.checkpoint);
  const asked = flags.publicKey?.split(',').map(publicKeyOf);
  const archive = await readArchives(flags.archive ?? []);
  const { prefix } = flags;
  return withLedger(flags, runtime, async (ledger, redis) => {
    const stored = await readCheckpoints(redis, prefix);
    const readable = stored.filter((checkpoint) => checkpoint !== undefined);
    const publicKeys = asked ?? checkpointKeys(ledger.keyring).map(({ publicKey }) => publicKey);
    const withoutSecret = asked !== undefined;
    const chain = await verifyAudit(ledger, [...given, ...readable], { publicKeys, withoutSecret, archive });
    const faults = [...chain.faults, ...(await verifyDocuments(ledger, { redis, prefix, archive }))];
    const verdict = { ...chain, faults, ok: faults.length === 0 };
    const compared = { given: given.length, stored: readable.length, withoutSecret };
    runtime.stdout.write(forTerminal(`${renderVerdict(verdict, compared)}\n`));
    if (!verdict.ok) return exitCodes.found;
    return withoutSecret && verdict.signedUpTo === 0 ? exitCodes.notReadable : exitCodes.done;
  });
}

function publicKeyOf(text: string): string {
  const key = parsePublicKey(text);
  if (key !== undefined) return key;
  throw new AcknetError('usage.invalid', auditTexts.publicKey, {
    hint: auditTexts.publicKeyReads,
  });
}

async function readCheckpointFile(file: string): Promise<readonly Checkpoint[]> {
  const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new AcknetError('usage.invalid', auditTexts.unreadable(file, cause.code), { cause });
  });
  const checkpoints = text
    .split('\n')
    .map(parseCheckpoint)
    .filter((checkpoint) => checkpoint !== undefined);
  if (checkpoints.length > 0) return checkpoints;
  throw new AcknetError('usage.invalid', auditTexts.noCheckpoint(file), {
    hint: auditTexts.keepLines,
  });
}

const nameOf = (actor: Actor): string => (actor === 'system' ? 'acknet' : `${actor.user} (${actor.team})`);

function renderEntry(entry: AuditEntry): Masked {
  const move = entry.to === undefined ? '' : ` ${entry.from ?? ''}->${entry.to}`;
  const about = [entry.cluster, entry.remediation, entry.proposal].filter((part) => part !== undefined);
  const detail = entry.detail === undefined ? '' : `  ${entry.detail}`;
  const line = `${entry.at}  ${entry.action}${move}  by ${nameOf(entry.actor)}  ${about.join(' ')}${detail}`;
  // What people typed must not steer a terminal.
  return forTerminal(`${line.replaceAll(/\p{Cc}+/gu, ' ')}\n`);
}

interface Compared {
  readonly given: number;
  readonly stored: number;
  readonly withoutSecret: boolean;
}

function renderVerdict(verdict: AuditVerdict, compared: Compared): string {
  const { records, keyed, faults } = verdict;
  const lines = [
    faults.length === 0 ? wholeText(verdict, compared) : auditTexts.broken(faults.length, records),
    ...faults.map((fault) => auditTexts.fault(fault).replaceAll(/\p{Cc}+/gu, ' ')),
    auditTexts.compared(compared.given, compared.stored),
  ];
  if (verdict.archivedUpTo > 0) lines.push(auditTexts.archivedBefore(verdict.archivedUpTo));
  if (keyed < records) lines.push(auditTexts.unkeyed(records - keyed));
  if (compared.given === 0) lines.push(auditTexts.giveCheckpoint);
  return lines.join('\n');
}

function wholeText({ records, head, signedUpTo }: AuditVerdict, { withoutSecret }: Compared): string {
  if (!withoutSecret) return auditTexts.whole(records, head.hash.slice(0, 16));
  if (signedUpTo === 0) return auditTexts.nothingProven(records);
  return auditTexts.wholeUpTo(signedUpTo, head.seq - signedUpTo);
}
