import { z } from 'zod';
import type { RedisClient } from '../../ops/connect-redis.js';
import { onRedis } from '../../ops/on-redis.js';
import { readStored } from '../../ops/read-stored.js';
import type { AuditEntry, AuditLog } from '../../proposals/ports.js';
import { type MessageRef, messageRefSchema } from '../../proposals/proposal.js';
import { type Doubt, doubtSchema } from './doubt.js';

const markSchema = z.object({ doubt: doubtSchema, card: messageRefSchema.optional() });
export type Distrusted = z.infer<typeof markSchema>;

/** What is refused because what is kept of it does not verify: each is audited once, and changes are shown. */
export interface Distrust {
  /** `card` = where its card is said to stand: good enough to say there that it is refused. */
  report(id: string, distrusted: { doubt: Doubt; card?: MessageRef | undefined }): Promise<void>;
  /** The mutes of a cluster, which hide nothing then. */
  reportMutes(cluster: string, doubt: Doubt): Promise<void>;
  of(id: string): Promise<Distrusted | undefined>;
}

interface DistrustOptions {
  readonly redis: RedisClient;
  readonly prefix: string;
  readonly audit: AuditLog;
  readonly now: () => Date;
  /** Told once a change: its card must say so. */
  readonly onReported: (id: string) => void;
  /** Told once a cluster. */
  readonly onMutesReported?: (cluster: string) => void;
}

const KEEP_SECONDS = 90 * 86_400;

export function createDistrust(options: DistrustOptions): Distrust {
  const { redis, prefix, audit, now, onReported, onMutesReported } = options;
  const keyOf = (id: string): string => `${prefix}:refused:${id}`;

  /** true = it was not known before, and is audited now. What still lies there is told of no second time. */
  async function note(
    key: string,
    distrusted: Distrusted,
    about: Pick<AuditEntry, 'proposal' | 'cluster' | 'detail'>,
  ): Promise<boolean> {
    const set = () => redis.set(key, JSON.stringify(distrusted), 'EX', KEEP_SECONDS, 'NX');
    if ((await onRedis('mark what is refused', set)) !== 'OK') {
      await onRedis('mark what is refused', () => redis.expire(key, KEEP_SECONDS));
      return false;
    }
    await audit.append({ action: 'unverified', actor: 'system', at: now().toISOString(), ...about });
    return true;
  }

  return {
    report: async (id, distrusted) => {
      const about = { proposal: id.slice(0, 40), detail: distrusted.doubt };
      if (await note(keyOf(id), distrusted, about)) onReported(id);
    },
    reportMutes: async (cluster, doubt) => {
      const about = { cluster, detail: `the mutes: ${doubt}` };
      if (await note(`${prefix}:refused-mutes:${cluster}`, { doubt }, about)) onMutesReported?.(cluster);
    },
    of: async (id) =>
      readStored(markSchema, await onRedis('look for a refused change', () => redis.get(keyOf(id)))),
  };
}
