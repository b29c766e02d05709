import { z } from 'zod';

/** One finding that was told of where a schedule posts, and not yet that it is mended. */
const toldSchema = z.object({
  /** Id of the cause it belongs to: several checks may find one. */
  cause: z.string(),
  check: z.string(),
  line: z.string(),
  kind: z.string(),
  /** What it is about, in one text. */
  object: z.string(),
});
export type Told = z.infer<typeof toldSchema>;

const clusterSeenSchema = z.object({
  /** By `causeKey`. */
  told: z.record(z.string(), toldSchema),
  /** Checks that could not tell, as was said. */
  unread: z.array(z.string()),
  /** Nothing of it could be read. */
  isDark: z.boolean(),
});
export type ClusterSeen = z.infer<typeof clusterSeenSchema>;

/** What the readers of a schedule's messages know: the next run tells them the difference. */
export const seenSchema = z.object({
  fleetId: z.string(),
  /** When its run began. */
  at: z.string(),
  clusters: z.record(z.string(), clusterSeenSchema),
});
export type Seen = z.infer<typeof seenSchema>;
