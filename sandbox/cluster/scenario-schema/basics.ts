import { z } from 'zod';
import type { JsonObject } from '../../../src/cluster/ports.js';

export const strings = z.record(z.string(), z.string());

/** Any object; texts of the form `ago(-5m)` in it become that time. */
export const raw = z.record(z.string(), z.json()) as unknown as z.ZodType<JsonObject>;

/** How long ago: `-90s`, `-40m`, `-3h`, `-200d`. */
export const ago = z.string().regex(/^-\d+[smhd]$/);

export const condition = z.strictObject({
  type: z.string(),
  status: z.enum(['True', 'False', 'Unknown']),
  reason: z.string(),
  message: z.string(),
  /** How long ago it came to be. */
  since: ago.default('-3h'),
  /** How long ago it was last confirmed; absent = just now, again and again. */
  heartbeat: ago.optional(),
});
export type ScenarioCondition = z.infer<typeof condition>;

/**
 * One line of a container's log, written when the container started or `ago`. `{klog}` and `{iso}` become that time;
 * `{node}` the pod's node.
 */
const logLine = z.union([z.string(), z.strictObject({ ago, text: z.string() })]);
export type ScenarioLogLine = z.infer<typeof logLine>;

/** Lines by container. */
export const logs = z.record(z.string(), z.array(logLine));
