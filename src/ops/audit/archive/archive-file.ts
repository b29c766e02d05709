import { open, readFile, rm } from 'node:fs/promises';
import { z } from 'zod';
import { AcknetError } from '../../../errors.js';
import type { AuditRecord } from '../audit-chain.js';

const recordSchema = z.object({
  seq: z.int().positive(),
  prev: z.string(),
  algorithm: z.enum(['hmac-sha256', 'sha256']),
  nonce: z.string(),
  hash: z.string(),
  entry: z.string(),
});

/** One record a line, in a new file, on the disk when this resolves. Never writes over a file; leaves no part of one. */
export async function writeArchive(file: string, records: AsyncIterable<AuditRecord>): Promise<void> {
  const handle = await open(file, 'wx', 0o600).catch((cause: NodeJS.ErrnoException) => {
    throw new AcknetError('usage.invalid', `${file} cannot be written (${cause.code}).`, {
      cause,
      hint: 'Name a file that is not there yet, in a folder that is.',
    });
  });
  try {
    for await (const { seq, prev, algorithm, nonce, hash, entry } of records)
      await handle.appendFile(`${JSON.stringify({ seq, prev, algorithm, nonce, hash, entry })}\n`);
    await handle.sync();
  } catch (cause) {
    await rm(file, { force: true });
    throw isSystemError(cause) ? notWritten(file, cause) : cause;
  } finally {
    await handle.close();
  }
}

const isSystemError = (cause: unknown): cause is NodeJS.ErrnoException =>
  cause instanceof Error && 'syscall' in cause && !(cause instanceof AcknetError);

const notWritten = (file: string, cause: NodeJS.ErrnoException): AcknetError =>
  new AcknetError(
    'usage.invalid',
    `${file} could not be written (${cause.code}). Nothing was taken out of the audit log.`,
    { cause, hint: 'Free space there, or name a file on another disk.' },
  );

/** Of all files together, oldest record first. Throws `usage.invalid` where a line is no record. */
export async function readArchives(files: readonly string[]): Promise<readonly AuditRecord[]> {
  const read = await Promise.all(files.map(readArchive));
  return read.flat().sort((one, other) => one.seq - other.seq);
}

async function readArchive(file: string): Promise<readonly AuditRecord[]> {
  const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new AcknetError('usage.invalid', `${file} cannot be read (${cause.code}).`, { cause });
  });
  const lines = text.split('\n').filter((line) => line !== '');
  return lines.map((line, index) => parseLine(line, `${file}, line ${index + 1}`));
}

function parseLine(line: string, where: string): AuditRecord {
  try {
    return recordSchema.parse(JSON.parse(line));
  } catch (cause) {
    throw new AcknetError('usage.invalid', `${where}: no record of an audit log.`, {
      cause,
      hint: 'Give a file that `acknet audit archive` wrote, as it wrote it.',
    });
  }
}
