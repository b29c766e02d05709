import { count } from '../count.js';

/** What `acknet audit` and `acknet audit verify` print. */
export const auditTexts = {
  noRecords: 'No records.',
  since: (found: string, option: string) =>
    `${option}: expected an ISO time or 90m, 24h, 7d, found "${found}".`,
  publicKey: '--public-key: expected a key as `acknet doctor` prints it.',
  publicKeyReads: 'It reads ed25519: and 43 letters, digits, - or _.',
  unreadable: (file: string, code: string | undefined) => `${file} cannot be read (${code}).`,
  noCheckpoint: (file: string) => `${file} holds no checkpoint.`,
  keepLines: 'Keep the log lines with the message "audit checkpoint", one a line.',

  broken: (faults: number, records: number) =>
    `The audit log does NOT hold: ${count(faults, 'fault')} in ${count(records, 'record')}.`,
  fault: (say: { readonly kind: string; readonly seq: number; readonly detail: string }) =>
    `- ${say.kind} at ${say.seq}: ${say.detail}`,
  compared: (given: number, stored: number) =>
    `Compared with ${count(given, 'checkpoint')} from outside and ${stored} kept in Redis.`,
  unkeyed: (records: number) =>
    `Unkeyed: ${count(records, 'record')}. Whoever can write to Redis could have rewritten them. Set ACKNET_AUDIT_KEY.`,
  giveCheckpoint:
    'Give --checkpoint with log lines kept elsewhere to detect an end that was cut off in Redis.',
  whole: (records: number, head: string) =>
    `The audit log is whole: ${count(records, 'record')}, head ${head || '(empty)'}.`,
  nothingProven: (records: number) =>
    `Nothing is proven: no checkpoint that this key signed covers any of the ${count(records, 'record')}.`,
  wholeUpTo: (record: number, after: number) =>
    `The audit log is whole up to record ${record}, by the signed checkpoints.${
      after === 0 ? '' : ` No signed checkpoint covers the ${after} after it yet.`
    }`,

  archivedBefore: (record: number) =>
    `Records 1 to ${record} were archived, which a record of the log says; give --archive with their files to verify them too.`,
  archived: (file: string, { from, to }: { readonly from: number; readonly to: number }) =>
    `Archived records ${from} to ${to} in ${file}, and took them out of Redis. Keep the file: it is the beginning of the log. \`acknet audit verify --archive ${file}\` reads both.`,
  nothingArchived: 'No record is old enough: nothing was archived, no file was written.',
  heldBack: (records: number) =>
    `Held back: ${count(records, 'record')} that would have gone prove a card that acknet still keeps.`,
  most: (found: string) => `--most: expected a number of records, found "${found}".`,
  noLimits: 'Nothing says which records are to be archived.',
  giveLimits: (file: string) => `Give --before or --most, or set retention.audit in ${file}.`,
} as const;
