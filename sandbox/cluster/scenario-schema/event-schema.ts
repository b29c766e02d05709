import { z } from 'zod';
import { ago } from './basics.js';

/** An object by name, or the first `limit` pods of a workload or DaemonSet. */
const about = z.union([
  z.strictObject({
    kind: z.string(),
    name: z.string(),
    namespace: z.string().optional(),
    apiVersion: z.string().default('v1'),
  }),
  z.strictObject({
    podsOf: z.string(),
    node: z.string().optional(),
    limit: z.int().positive().default(1000),
  }),
]);

export const eventSchema = z.strictObject({
  about,
  type: z.enum(['Normal', 'Warning']).default('Warning'),
  reason: z.string(),
  /** `{pod}`, `{namespace}`, `{node}` and `{ip}` stand for those of a `podsOf` pod. */
  message: z.string(),
  source: z.string(),
  last: ago,
  /** First time seen; absent = with the last. */
  first: ago.optional(),
  count: z.int().default(1),
  /** Written through events.k8s.io: the core times stay null. */
  modern: z.boolean().default(false),
  /** Comes again with every heartbeat, so that it never grows old. */
  recurring: z.boolean().default(false),
});
export type ScenarioEvent = z.infer<typeof eventSchema>;
