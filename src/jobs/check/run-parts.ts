import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress, constants } from 'node:zlib';
import { z } from 'zod';
import { type CheckRun, checkRunSchema } from '../../engine/checking/check-run.js';

const compress = promisify(brotliCompress);
const decompress = promisify(brotliDecompress);

/** A run's results are kept apart from it and named by what they say: the same result of many runs stands there once. */
const recordSchema = checkRunSchema
  .omit({ checks: true })
  .extend({ stored: z.literal(2), parts: z.array(z.string()) });

interface StoredRun {
  readonly record: Buffer;
  readonly parts: ReadonlyMap<string, Buffer>;
}

export async function splitRun({ checks, ...rest }: CheckRun): Promise<StoredRun> {
  const texts = checks.map((check) => JSON.stringify(check));
  const names = texts.map(nameOf);
  const packed = await Promise.all(texts.map(pack));
  const record = await pack(JSON.stringify({ stored: 2, ...rest, parts: names }));
  return { record, parts: new Map(names.map((name, index) => [name, packed[index] as Buffer])) };
}

/** The run, or undefined where a part of it is gone. Throws what parsing throws for a record of another version. */
export async function joinRun(
  record: Buffer,
  partsOf: (names: readonly string[]) => Promise<readonly (Buffer | null)[]>,
): Promise<CheckRun | undefined> {
  // Before runs were packed they were kept whole, as text.
  if (record[0] === BRACE) return checkRunSchema.parse(JSON.parse(record.toString()));
  const { stored: _, parts, ...rest } = recordSchema.parse(JSON.parse(await unpack(record)));
  const found = parts.length === 0 ? [] : await partsOf(parts);
  const texts = await Promise.all(found.map((part) => (part === null ? undefined : unpack(part))));
  if (texts.includes(undefined)) return undefined;
  return checkRunSchema.parse({ ...rest, checks: texts.map((text) => JSON.parse(text as string)) });
}

const BRACE = '{'.charCodeAt(0);
const NAME = 22;
/** 132 bits: no two results meet by chance. */
const nameOf = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, NAME);

/** Small texts, and many: a higher quality costs more than it saves. */
const options = {
  params: { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT },
};
const MOST_BYTES = 64 * 1024 * 1024;

const pack = (text: string): Promise<Buffer> => compress(text, options);
const unpack = async (bytes: Buffer): Promise<string> =>
  (await decompress(bytes, { maxOutputLength: MOST_BYTES })).toString();
