import { z } from 'zod';
import { shortUid } from '../cluster/identity/cluster-uid.js';
import { maskedDocument } from '../masking/masked-document.js';
import type { Ledger } from '../ops/audit/ledger.js';
import { readStored } from '../ops/read-stored.js';
import type { Actor } from '../proposals/ports.js';
import type { Person } from '../proposals/proposal.js';

const bindingSchema = z.object({ cluster: z.string(), uid: z.string() });

/** Both are compared with what is configured and read. */
const asTheyStand = new Set(['cluster', 'uid']);

/** Which cluster each configured name stands for: the first one seen, until a person says otherwise. */
export interface ClusterBindings {
  /** The uid the name stands for; where it stood for none, it does for this one from now on. */
  bind(cluster: string, uid: string): Promise<string>;
  of(cluster: string): Promise<string | undefined>;
  rebind(cluster: string, uid: string, by: Person): Promise<void>;
}

interface BindingsOptions {
  readonly ledger: Ledger;
  readonly prefix: string;
  readonly now: () => Date;
}

export function createClusterBindings({ ledger, prefix, now }: BindingsOptions): ClusterBindings {
  const keyOf = (cluster: string): string => `${prefix}:cluster:${cluster}`;

  /** A text without acknet's seal binds the name to nothing that answers: a person has to look. */
  async function load(cluster: string): Promise<{ uid: string; revision: string } | undefined> {
    const found = await ledger.load(keyOf(cluster));
    if (!found) return undefined;
    const sealed = found.seal === 'whole' || found.seal === 'unkeyed';
    const binding = sealed ? readStored(bindingSchema, found.value) : undefined;
    return { uid: binding?.cluster === cluster ? binding.uid : 'not readable', revision: found.revision };
  }

  async function write(
    { cluster, uid, expected }: { cluster: string; uid: string; expected: string },
    [action, actor]: readonly [string, Actor],
  ): Promise<boolean> {
    const document = { key: keyOf(cluster), expected, value: maskedDocument({ cluster, uid }, asTheyStand) };
    const entry = { action, actor, at: now().toISOString(), cluster, detail: uid };
    return (await ledger.commit({ documents: [document], entry })) === 'done';
  }

  return {
    of: async (cluster) => (await load(cluster))?.uid,
    bind: async (cluster, uid) => {
      for (;;) {
        const known = await load(cluster);
        if (known) return known.uid;
        if (await write({ cluster, uid, expected: '' }, ['cluster.bound', 'system'])) return uid;
      }
    },
    rebind: async (cluster, uid, by) => {
      for (;;) {
        const expected = (await load(cluster))?.revision ?? '';
        if (await write({ cluster, uid, expected }, ['cluster.rebound', by])) return;
      }
    },
  };
}

export const replacedText = (
  cluster: string,
  uids: { readonly bound: string; readonly now: string | undefined },
): string =>
  `Another cluster answers to the name ${cluster}: it stood for ${shortUid(uids.bound)}, and what answers now is ${
    uids.now === undefined ? 'one that does not say which it is' : shortUid(uids.now)
  }.`;
