import { z } from 'zod';
import type { AuditEntry } from '../../proposals/ports.js';
import type { RedisClient } from '../connect-redis.js';
import { onRedis } from '../on-redis.js';
import { wholeChain } from './archive/chain-base.js';
import type { AuditRecord } from './audit-chain.js';
import { type Ledger, recordOf, type StoredDocument } from './ledger.js';
import { parseEntry } from './parse-entry.js';
import type { AuditFault } from './verify-audit.js';

/** What the chain says of one document last. */
interface LastWord {
  readonly seq: number;
  readonly hash: string;
  /** The change it is of, the state it was brought to, and who voted on it, where the chain says so. */
  readonly to?: string | undefined;
  readonly votes: ReadonlySet<string>;
  /** Written since documents are sealed. */
  readonly sealed: boolean;
  /** Made although it was there: somebody had removed it. */
  readonly remade: boolean;
}

const documentSchema = z.object({
  state: z.string().optional(),
  votes: z.array(z.object({ user: z.string() })).optional(),
});

interface DocumentsOptions {
  readonly redis: RedisClient;
  readonly prefix: string;
  /** Records that were archived, oldest first. */
  readonly archive?: readonly AuditRecord[];
}

/** Compares each stored document with the last record that wrote it; both must be of acknet's making, and agree. */
export async function verifyDocuments(
  ledger: Ledger,
  { redis, prefix, archive = [] }: DocumentsOptions,
): Promise<readonly AuditFault[]> {
  const words = await lastWords(wholeChain(ledger, archive), {
    prefix,
    keyed: ledger.keyring.newest !== undefined,
  });
  const faults: AuditFault[] = [];
  for (const key of await documentKeys(redis, prefix)) {
    const document = await ledger.load(key);
    const what = document && disagreement(document, words.get(key));
    if (what) faults.push({ kind: 'disagrees', seq: words.get(key)?.seq ?? 0, detail: `${key}: ${what}` });
  }
  return faults;
}

function disagreement(
  { seal, revision, value }: StoredDocument,
  word: LastWord | undefined,
): string | undefined {
  if (word === undefined) return 'no record says that acknet made it.';
  if (word.remade) return 'it was removed from Redis, and acknet made it anew.';
  if (seal === 'broken') return 'it was altered: its seal does not fit.';
  if (seal === 'plain' && word.sealed) return 'its seal is gone.';
  if (word.sealed && recordOf(revision) !== word.hash) return 'an older text was put back.';
  const { state, votes = [] } = documentSchema.safeParse(parseJson(value)).data ?? {};
  if (word.to !== undefined && state !== word.to)
    return `it says ${state}, and its last record says ${word.to}.`;
  const planted = votes.find(({ user }) => !word.votes.has(user));
  return planted && `it holds a vote of ${planted.user} that no record knows.`;
}

async function lastWords(
  records: AsyncIterable<AuditRecord>,
  { prefix, keyed }: { readonly prefix: string; readonly keyed: boolean },
): Promise<ReadonlyMap<string, LastWord>> {
  const words = new Map<string, LastWord>();
  for await (const { seq, hash, entry: text } of records) {
    const entry = parseEntry(text);
    const own = entry && ownDocument(entry, prefix);
    // Records from before say of one document at most which it is.
    const moves =
      entry?.to !== undefined || /^(proposed|vote\.|step\.|abort|muted|unmuted)/.test(entry?.action ?? '');
    const keys = Object.keys(entry?.writes ?? (own && moves ? { [own]: '' } : {}));
    for (const key of keys) {
      const before = words.get(key);
      const voter = key === own && entry?.action.startsWith('vote.') ? entry.actor : undefined;
      const votes = new Set([...(before?.votes ?? []), ...(typeof voter === 'object' ? [voter.user] : [])]);
      const to = key === own ? (entry?.to ?? before?.to) : before?.to;
      words.set(key, {
        seq,
        hash,
        to,
        votes,
        sealed: entry?.writes !== undefined && keyed,
        remade: before?.remade === true || (before !== undefined && entry?.writes?.[key] === ''),
      });
    }
  }
  return words;
}

/** What acknet keeps sealed: changes, mutes, schedules, and which cluster a name stands for. The queue of schedules has keys beside theirs. */
const patterns = ['proposal:*', 'mutes:*', 'cluster:*', 'schedules:typed'] as const;

/** Of a change, or of the mutes of a cluster. */
function ownDocument({ proposal, cluster, action }: AuditEntry, prefix: string): string | undefined {
  if (proposal !== undefined) return `${prefix}:proposal:${proposal}`;
  return /^(?:un)?muted$/.test(action) && cluster !== undefined ? `${prefix}:mutes:${cluster}` : undefined;
}

/** Found by looking through all keys: an index is no more to be trusted than what it lists. */
export async function documentKeys(redis: RedisClient, prefix: string): Promise<readonly string[]> {
  const found = new Set<string>();
  const start = prefix.replaceAll(/[[\]*?\\]/g, '\\$&');
  for (const pattern of patterns) {
    let cursor = '0';
    do {
      const [next, keys] = await onRedis('list documents', () =>
        redis.scan(cursor, 'MATCH', `${start}:${pattern}`, 'COUNT', 500),
      );
      for (const key of keys) found.add(key);
      cursor = next;
    } while (cursor !== '0');
  }
  return [...found].sort();
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
