import { z } from 'zod';
import type { RedisClient } from '../../ops/connect-redis.js';
import { onRedis } from '../../ops/on-redis.js';
import type { AuditLog } from '../../proposals/ports.js';
import { type MessageRef, messageRefSchema } from '../../proposals/proposal.js';
import { type Doubt, doubtSchema } from './doubt.js';

const markSchema = z.object({ doubt: doubtSchema, card: messageRefSchema.optional() });
export type Distrusted = z.infer<typeof markSchema>;

/** Changes that were refused because what is kept of them does not verify: each is audited once, and shown. */
export interface Distrust {
  /** `card` = where its card is said to stand: good enough to say there that it is refused. */
  report(id: string, distrusted: { doubt: Doubt; card?: MessageRef | undefined }): Promise<void>;
  of(id: string): Promise<Distrusted | undefined>;
}

interface DistrustOptions {
  readonly redis: RedisClient;
  readonly prefix: string;
  readonly audit: AuditLog;
  readonly now: () => Date;
  /** Told once a change: its card must say so. */
  readonly onReported: (id: string) => void;
}

const KEEP_SECONDS = 90 * 86_400;

export function createDistrust({ redis, prefix, audit, now, onReported }: DistrustOptions): Distrust {
  const keyOf = (id: string): string => `${prefix}:refused:${id}`;
  return {
    report: async (id, distrusted) => {
      const mark = JSON.stringify(distrusted);
      const set = () => redis.set(keyOf(id), mark, 'EX', KEEP_SECONDS, 'NX');
      if ((await onRedis('mark a refused change', set)) !== 'OK') return;
      const at = now().toISOString();
      await audit.append({
        action: 'unverified',
        actor: 'system',
        at,
        proposal: id.slice(0, 40),
        detail: distrusted.doubt,
      });
      onReported(id);
    },
    of: async (id) => {
      const mark = await onRedis('look for a refused change', () => redis.get(keyOf(id)));
      return mark === null ? undefined : readMark(mark);
    },
  };
}

function readMark(text: string): Distrusted | undefined {
  try {
    const parsed = markSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
