import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress, constants } from 'node:zlib';
import { z } from 'zod';
import { type CheckRun, checkRunSchema } from '../../engine/checking/check-run.js';

const compress = promisify(brotliCompress);
const decompress = promisify(brotliDecompress);

const timesSchema = checkRunSchema.pick({ startedAt: true, durationMs: true, clockOffsetSeconds: true });

/**
 * What a run says is kept apart from it and named by what it is: what many runs say alike stands there once. Of its own
 * a run has when it was, and the names of two parts: `rest` is all but its checks, `list` has the names of their results.
 */
const recordSchema = timesSchema.extend({ stored: z.literal(3), rest: z.string(), list: z.string() });
/** As runs were kept before: with the rest, and the names of the results, in themselves. */
const wholeSchema = checkRunSchema
  .omit({ checks: true })
  .extend({ stored: z.literal(2), parts: z.array(z.string()) });
const keptSchema = z.discriminatedUnion('stored', [recordSchema, wholeSchema]);

interface StoredRun {
  readonly record: Buffer;
  readonly parts: ReadonlyMap<string, Buffer>;
}

export async function splitRun({ checks, ...frame }: CheckRun): Promise<StoredRun> {
  const { startedAt, durationMs, clockOffsetSeconds, ...rest } = frame;
  const parts = new Map<string, Buffer>();
  const put = async (value: unknown): Promise<string> => {
    const text = JSON.stringify(value);
    const name = nameOf(text);
    parts.set(name, await pack(text));
    return name;
  };
  const list = await put(await Promise.all(checks.map(put)));
  const times = { startedAt, durationMs, clockOffsetSeconds };
  return { record: await pack(JSON.stringify({ stored: 3, ...times, rest: await put(rest), list })), parts };
}

type PartsOf = (names: readonly string[]) => Promise<readonly (Buffer | null)[]>;

/** The run, or undefined where a part of it is gone. Throws what parsing throws for a record of another version. */
export async function joinRun(record: Buffer, partsOf: PartsOf): Promise<CheckRun | undefined> {
  // Before runs were packed they were kept whole, as text.
  if (record[0] === BRACE) return checkRunSchema.parse(JSON.parse(record.toString()));
  const kept = keptSchema.parse(JSON.parse(await unpack(record)));
  if (kept.stored === 2) {
    const { stored: _, parts, ...rest } = kept;
    const checks = await read(parts, partsOf);
    return checks && checkRunSchema.parse({ ...rest, checks });
  }
  const { stored: _, rest: restName, list, ...times } = kept;
  const [rest, names] = (await read([restName, list], partsOf)) ?? [];
  const checks = names === undefined ? undefined : await read(z.array(z.string()).parse(names), partsOf);
  return checks && checkRunSchema.parse({ ...(rest as object), ...times, checks });
}

/** What the parts say; undefined = one is gone. */
async function read(names: readonly string[], partsOf: PartsOf): Promise<readonly unknown[] | undefined> {
  const found = names.length === 0 ? [] : await partsOf(names);
  const texts = await Promise.all(found.map((part) => (part === null ? undefined : unpack(part))));
  return texts.includes(undefined) ? undefined : texts.map((text) => JSON.parse(text as string) as unknown);
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
