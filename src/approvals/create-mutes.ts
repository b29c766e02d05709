import { z } from 'zod';
import { AcknetError } from '../errors.js';
import { mask } from '../masking/mask.js';
import { maskedDocument } from '../masking/masked-document.js';
import type { Ledger } from '../ops/audit/ledger.js';
import { leaveAside, type OnUnreadable } from '../ops/leave-aside.js';
import { type Person, personSchema } from '../proposals/proposal.js';

const muteSchema = z.object({
  cluster: z.string(),
  /** Id of the finding, e.g. `flannel-cni-version.missing`. */
  finding: z.string(),
  reason: z.string(),
  by: personSchema,
  at: z.string(),
  until: z.string(),
});
export type Mute = z.infer<typeof muteSchema>;

/** Known exceptions per cluster: counted and listed apart, never hidden, and never for ever. */
export interface Mutes {
  /** Takes the place of an earlier one for the same finding. */
  add(mute: Omit<Mute, 'at' | 'until'> & { readonly until?: Date | undefined }): Promise<Mute>;
  /** false = it was not muted. */
  remove(cluster: string, finding: string, by: Person): Promise<boolean>;
  active(cluster: string): Promise<readonly Mute[]>;
}

interface MutesOptions {
  readonly prefix: string;
  readonly ledger: Ledger;
  readonly now: () => Date;
  readonly defaultDays?: number;
  /** Told of a list that acknet did not write, or wrote before it sealed lists: nothing is muted by it. */
  readonly onUnverified?: (cluster: string, doubt: 'unsealed' | 'altered') => Promise<void>;
  /** Told once of each cluster with a mute that this version cannot read: it hides nothing, and stays. */
  readonly onUnreadable?: OnUnreadable;
}

const DAY_MS = 86_400_000;
const MAX_REASON = 500;
const listSchema = z.array(z.unknown());
/** What a finding is compared with, and people. */
const asTheyStand = new Set(['cluster', 'finding', 'user', 'team']);

export function createMutes(options: MutesOptions): Mutes {
  const { prefix, ledger, now, defaultDays = 30 } = options;
  const aside = leaveAside(options.onUnreadable);
  const keyOf = (cluster: string): string => `${prefix}:mutes:${cluster}`;

  async function load(cluster: string): Promise<Loaded> {
    const found = await ledger.load(keyOf(cluster));
    const believed = found?.seal === 'whole' || found?.seal === 'unkeyed';
    if (found && !believed)
      await options.onUnverified?.(cluster, found.seal === 'plain' ? 'unsealed' : 'altered');
    const entries = found && believed ? entriesOf(found.value, (error) => aside(cluster, error)) : [];
    const read = entries.map((entry) => ({ entry, parsed: muteSchema.safeParse(entry) }));
    for (const { parsed } of read) if (!parsed.success) aside(cluster, parsed.error);
    const mutes = read.flatMap(({ parsed }) => (parsed.success ? [parsed.data] : []));
    return {
      mutes: mutes.filter(({ until }) => Date.parse(until) > now().getTime()),
      unread: read.flatMap(({ entry, parsed }) => (parsed.success ? [] : [entry])),
      revision: found?.revision ?? '',
    };
  }

  async function update(cluster: string, change: (mutes: readonly Mute[]) => Update): Promise<boolean> {
    for (;;) {
      const { mutes, unread, revision } = await load(cluster);
      const { next, action, by, detail } = change(mutes);
      if (next === mutes) return false;
      const entry = { action, actor: by, at: now().toISOString(), cluster, detail };
      const value = maskedDocument([...next, ...unread], asTheyStand);
      const document = { key: keyOf(cluster), expected: revision, value };
      if ((await ledger.commit({ documents: [document], entry })) === 'done') return true;
    }
  }

  return {
    add: async ({ cluster, finding, reason, by, until }) => {
      const end = until ?? new Date(now().getTime() + defaultDays * DAY_MS);
      const text = mask(reason.trim()).slice(0, MAX_REASON);
      if (text === '') throw new AcknetError('usage.invalid', 'A mute needs a reason.');
      if (end.getTime() <= now().getTime())
        throw new AcknetError('usage.invalid', 'A mute must end in the future.');
      const at = now().toISOString();
      const mute: Mute = { cluster, finding, reason: text, by, at, until: end.toISOString() };
      const detail = `${finding} until ${mute.until}: ${text}`;
      await update(cluster, (mutes) => ({
        next: [...without(mutes, finding), mute],
        action: 'muted',
        by,
        detail,
      }));
      return mute;
    },
    remove: (cluster, finding, by) =>
      update(cluster, (mutes) => {
        const left = without(mutes, finding);
        return { next: left.length < mutes.length ? left : mutes, action: 'unmuted', by, detail: finding };
      }),
    active: async (cluster) => (await load(cluster)).mutes,
  };
}

interface Loaded {
  readonly mutes: Mute[];
  /** Of another version: kept as they stand. */
  readonly unread: readonly unknown[];
  readonly revision: string;
}

function entriesOf(text: string, onUnreadable: (error: unknown) => void): readonly unknown[] {
  try {
    return listSchema.parse(JSON.parse(text));
  } catch (error) {
    onUnreadable(error);
    return [];
  }
}

interface Update {
  readonly next: readonly Mute[];
  readonly action: string;
  readonly by: Person;
  readonly detail: string;
}

const without = (mutes: readonly Mute[], finding: string): Mute[] =>
  mutes.filter((mute) => mute.finding !== finding);
