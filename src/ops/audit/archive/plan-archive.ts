import type { RedisClient } from '../../connect-redis.js';
import type { Ledger } from '../ledger.js';
import { parseEntry } from '../parse-entry.js';
import { documentKeys } from '../verify-documents.js';

/** What may go: records older than `before`, and the oldest beyond `most`. Absent = that is no reason. */
export interface ArchiveLimits {
  readonly before?: Date | undefined;
  readonly most?: number | undefined;
}

interface ArchivePlan {
  /** The last record to archive; 0 = none. */
  readonly upTo: number;
  /** Records that would have gone too, but for a change that Redis still holds: its proof needs them. */
  readonly held: number;
  /** Documents whose last record goes: they are written anew first. */
  readonly restate: readonly string[];
}

interface Stored {
  /** The first and the last record that wrote a document. */
  readonly first: number;
  readonly last: number;
}

export async function planArchive(
  ledger: Ledger,
  store: { readonly redis: RedisClient; readonly prefix: string },
  limits: ArchiveLimits,
): Promise<ArchivePlan> {
  const written = new Map<string, Stored>();
  const head = (await ledger.head()).seq;
  let wanted = 0;
  for await (const { seq, entry: text } of ledger.records()) {
    const entry = parseEntry(text);
    const aged = limits.before !== undefined && Date.parse(entry?.at ?? '') < limits.before.getTime();
    const beyond = limits.most !== undefined && seq <= head - limits.most;
    // Only a beginning can go: what is younger keeps all that came after it.
    if ((aged || beyond) && (wanted === 0 || wanted === seq - 1)) wanted = seq;
    const own = entry?.proposal === undefined ? [] : [`${store.prefix}:proposal:${entry.proposal}`];
    for (const key of [...Object.keys(entry?.writes ?? {}), ...own])
      written.set(key, { first: written.get(key)?.first ?? seq, last: seq });
  }
  const stored = (await documentKeys(store.redis, store.prefix)).flatMap((key) => {
    const at = written.get(key);
    return at === undefined ? [] : [{ key, ...at }];
  });
  const isChange = ({ key }: { key: string }) => key.startsWith(`${store.prefix}:proposal:`);
  const upTo = Math.min(wanted, ...stored.filter(isChange).map(({ first }) => first - 1));
  const restate = stored.filter((one) => !isChange(one) && one.last <= upTo).map(({ key }) => key);
  return { upTo, held: wanted - upTo, restate };
}
