import { z } from 'zod';
import { maskedDocument } from '../../masking/masked-document.js';
import type { Ledger } from '../../ops/audit/ledger.js';
import { readStored } from '../../ops/read-stored.js';
import type { AuditEntry } from '../../proposals/ports.js';
import { type Schedule, scheduleSchema } from './schedule.js';

/** The schedules that people made: sealed, and changed only together with their audit record. */
export interface ScheduleStore {
  /** Those that ended lately included. undefined = there is no list at all, as in a Redis that came back empty. */
  list(): Promise<readonly Schedule[] | undefined>;
  /** `change` gets what there is, and is called again where another process was faster; undefined = nothing to do. */
  update(change: (schedules: readonly Schedule[]) => ScheduleChange | undefined): Promise<void>;
}

interface ScheduleChange {
  readonly next: readonly Schedule[];
  readonly entry: Pick<AuditEntry, 'action' | 'actor' | 'cluster' | 'detail'>;
}

interface StoreOptions {
  readonly prefix: string;
  readonly ledger: Ledger;
  readonly now: () => Date;
  /** Told of a list that acknet did not write: none of it counts. */
  readonly onUnverified: () => void;
}

/** What a schedule is found by, and people. */
const asTheyStand = new Set(['id', 'cluster', 'channel', 'user', 'team']);
const KEEP_ENDED_MS = 7 * 86_400_000;

export function createScheduleStore({ prefix, ledger, now, onUnverified }: StoreOptions): ScheduleStore {
  const key = `${prefix}:schedules:typed`;
  const isKept = ({ ended }: Schedule): boolean =>
    ended === undefined || now().getTime() - Date.parse(ended.at) < KEEP_ENDED_MS;

  async function load() {
    const found = await ledger.load(key);
    if (found === undefined) return { list: undefined, revision: '' };
    const believed = found.seal === 'whole' || found.seal === 'unkeyed';
    if (!believed) onUnverified();
    const list = (believed && readStored(z.array(scheduleSchema), found.value)) || [];
    return { list: list.filter(isKept), revision: found.revision };
  }

  return {
    list: async () => (await load()).list,
    update: async (change) => {
      for (;;) {
        const { list = [], revision } = await load();
        const changed = change(list);
        if (changed === undefined) return;
        const document = { key, expected: revision, value: maskedDocument(changed.next, asTheyStand) };
        const entry = { ...changed.entry, at: now().toISOString() };
        if ((await ledger.commit({ documents: [document], entry })) === 'done') return;
      }
    },
  };
}
