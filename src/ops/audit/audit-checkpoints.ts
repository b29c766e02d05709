import { z } from 'zod';
import type { RedisClient } from '../connect-redis.js';
import type { Logger } from '../log.js';
import { onRedis } from '../on-redis.js';
import { type Attested, attestChain, nothingAttested } from './attest-chain.js';
import { checkpointKey, checkpointKeys, isSignedBy } from './checkpoint-key.js';
import type { Ledger } from './ledger.js';

const signedSchema = z.object({
  /** SHA-256 rolled over every record up to here. */
  digest: z.string(),
  publicKey: z.string(),
  signature: z.string(),
});
const checkpointSchema = z.object({
  seq: z.int().nonnegative(),
  hash: z.string(),
  at: z.string(),
  /** Absent = not signed: only whoever has the audit key can tell what it is worth. */
  signed: signedSchema.optional(),
});
/** Where the chain's head stood at a moment: kept outside, it shows when the end was cut off. */
export type Checkpoint = z.infer<typeof checkpointSchema>;

export interface CheckpointOptions {
  readonly ledger: Ledger;
  readonly redis: RedisClient;
  readonly prefix: string;
  readonly now: () => Date;
  readonly logger: Logger;
}

const KEPT = 5000;
const keyOf = (prefix: string): string => `${prefix}:audit:checkpoints`;

/**
 * Logs the head and keeps it in Redis too. The log line is the one that counts: Redis is what is doubted. It is signed
 * only where the chain holds back to the last signed checkpoint, of those in Redis and the one given.
 */
export async function takeCheckpoint(options: CheckpointOptions, last?: Checkpoint): Promise<Checkpoint> {
  const { redis, prefix, logger } = options;
  const checkpoint = (await signedHead(options, last)) ?? (await plainHead(options));
  const key = keyOf(prefix);
  await onRedis('keep an audit checkpoint', async () => {
    await redis.rpush(key, JSON.stringify(checkpoint));
    await redis.ltrim(key, -KEPT, -1);
  });
  logger.info({ checkpoint }, 'audit checkpoint');
  return checkpoint;
}

const plainHead = async ({ ledger, now }: CheckpointOptions): Promise<Checkpoint> => ({
  ...(await ledger.head()),
  at: now().toISOString(),
});

async function signedHead(
  { ledger, redis, prefix, now, logger }: CheckpointOptions,
  last: Checkpoint | undefined,
): Promise<Checkpoint | undefined> {
  const key = checkpointKey(ledger.keyring);
  if (key === undefined) return undefined;
  const publicKeys = checkpointKeys(ledger.keyring).map(({ publicKey }) => publicKey);
  const known = [...(await readCheckpoints(redis, prefix)), last].filter((one) => one !== undefined);
  const attested = await attestChain(ledger, furthestSigned(known, publicKeys));
  if ('refusal' in attested) {
    const { refusal } = attested;
    logger.error(
      { refusal },
      'audit checkpoint not signed: the chain does not hold, run acknet audit verify',
    );
    return undefined;
  }
  const { seq, hash, digest } = attested;
  const head = { seq, hash, at: now().toISOString() };
  const signature = key.sign(textOf({ ...head, digest }));
  return { ...head, signed: { digest, publicKey: key.publicKey, signature } };
}

function furthestSigned(known: readonly Checkpoint[], publicKeys: readonly string[]): Attested {
  const furthest = known.toSorted((a, b) => b.seq - a.seq).find((one) => isSigned(one, publicKeys));
  return furthest?.signed
    ? { seq: furthest.seq, hash: furthest.hash, digest: furthest.signed.digest }
    : nothingAttested;
}

/** What is signed. */
const textOf = ({
  seq,
  hash,
  at,
  digest,
}: Omit<Checkpoint, 'signed'> & { readonly digest: string }): string =>
  `acknet audit checkpoint v1\n${JSON.stringify([seq, hash, at, digest])}`;

/** Whether one of these keys signed it, just so. */
export function isSigned(checkpoint: Checkpoint, publicKeys: readonly string[]): boolean {
  const { signed } = checkpoint;
  if (signed === undefined || !publicKeys.includes(signed.publicKey)) return false;
  const { digest, publicKey, signature } = signed;
  return isSignedBy(publicKey, { text: textOf({ ...checkpoint, digest }), signature });
}

export async function readCheckpoints(
  redis: RedisClient,
  prefix: string,
): Promise<readonly (Checkpoint | undefined)[]> {
  const lines = await onRedis('read audit checkpoints', () => redis.lrange(keyOf(prefix), 0, -1));
  return lines.map(parseCheckpoint);
}

/** Reads a checkpoint as it is kept, or a whole log line that holds one; undefined = neither. */
export function parseCheckpoint(text: string): Checkpoint | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const inner =
      typeof value === 'object' && value !== null && 'checkpoint' in value ? value.checkpoint : value;
    const parsed = checkpointSchema.safeParse(inner);
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
