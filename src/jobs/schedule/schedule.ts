import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { FileConfig } from '../../config/file-schema.js';
import { personSchema } from '../../proposals/proposal.js';

export const everyCluster = 'all';

export const scheduleSchema = z.object({
  id: z.string(),
  /** A name, or `all`. */
  cluster: z.string(),
  /** As `readScheduleTime` reads it. */
  when: z.string(),
  /** Where its outcome is posted. */
  channel: z.string(),
  /** Post the outcome of each run, not only what changed. */
  always: z.boolean(),
  /** Who made it, and whose rights it has; absent = acknet.yaml did. */
  by: personSchema.optional(),
  /** Its name in acknet.yaml. */
  name: z.string().optional(),
  at: z.string(),
  /** Kept for a while after its end, so that one can see who ended it. */
  ended: z
    .object({ at: z.string(), why: z.enum(['removed', 'gone', 'refused']), by: personSchema.optional() })
    .optional(),
});
export type Schedule = z.infer<typeof scheduleSchema>;
export type ScheduleEnd = NonNullable<Schedule['ended']>;

/** Of one cluster, or of all, there is one schedule a channel. */
export const scheduleId = (channel: string, cluster: string): string =>
  createHash('sha256').update(`${channel} ${cluster}`).digest('base64url').slice(0, 22);

/** Those that acknet.yaml names. */
export const schedulesInFile = ({ schedules }: Pick<FileConfig, 'schedules'>): readonly Schedule[] =>
  Object.entries(schedules).map(([name, { cluster, when, channel, always }]) => ({
    id: scheduleId(channel, cluster),
    cluster,
    when,
    channel,
    always,
    name,
    at: '',
  }));
