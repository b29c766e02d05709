import { z } from 'zod';
import { condition, logs } from './basics.js';

const ruleEvent = z.strictObject({
  about: z.enum(['node', 'pod']),
  type: z.enum(['Normal', 'Warning']).default('Warning'),
  reason: z.string(),
  message: z.string(),
  source: z.string(),
});

const caseSchema = z.strictObject({
  /** Regular expression on the value; absent = any. */
  matches: z.string().optional(),
  /** The document does not parse. */
  unparsable: z.boolean().optional(),
  /** Only on these nodes. */
  nodes: z.array(z.string()).optional(),
  nodeConditions: z.array(condition.omit({ since: true, heartbeat: true })).default([]),
  /** In what it says: `{value}`, `{node}`, `{cores}`, `{perCoreMax}` = max(value × cores, 131072), `{klog}`, `{iso}`. */
  logs: logs.default({}),
  events: z.array(ruleEvent).default([]),
  /** The container ends with an error and stays in CrashLoopBackOff. */
  crash: z.strictObject({ container: z.string(), message: z.string().default('') }).optional(),
  /** Pods on the node that wait in ContainerCreating start. */
  startsWaitingPods: z.boolean().default(false),
});
export type RuleCase = z.infer<typeof caseSchema>;

/** What follows when a pod of a DaemonSet starts, by what a ConfigMap holds at that moment. The first fitting case counts. */
export const ruleSchema = z.strictObject({
  podOf: z.string(),
  configMap: z.strictObject({
    namespace: z.string().default('kube-system'),
    name: z.string(),
    key: z.string(),
  }),
  /** The text at this path (JSON or YAML, keys joined by dots, `*` for any); absent = the whole value. */
  path: z.string().optional(),
  cases: z.array(caseSchema),
});
export type ScenarioRule = z.infer<typeof ruleSchema>;
