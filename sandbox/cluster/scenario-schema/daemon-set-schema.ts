import { z } from 'zod';
import { ago, logs, raw, strings } from './basics.js';

const container = z.looseObject({ name: z.string(), image: z.string() }) as unknown as typeof raw;

/** A container that does not run on some nodes. */
const brokenSchema = z.strictObject({
  nodes: z.array(z.string()),
  container: z.string(),
  reason: z.string().default('CrashLoopBackOff'),
  message: z.string().default(''),
  restarts: z.int().default(12),
  exitCode: z.int().default(1),
  /** It runs at this moment, and ended again and again before. */
  ready: z.boolean().default(false),
});

export const daemonSetSchema = z.strictObject({
  name: z.string(),
  namespace: z.string().default('kube-system'),
  labels: strings,
  containers: z.array(container),
  initContainers: z.array(container).default([]),
  hostNetwork: z.boolean().default(true),
  updateStrategy: raw.default({ type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1 } }),
  started: ago.default('-30d'),
  /** Start of the pods on some nodes only, by node name. */
  startedOn: z.record(z.string(), ago).default({}),
  /** Nodes it wants a pod on and cannot create one for: a webhook or a quota refuses it. */
  refusedOn: z.array(z.string()).default([]),
  nodeSelector: strings.default({}),
  /** Requirements on node labels, `matchExpressions` of a required node affinity. */
  affinity: z.array(raw).default([]),
  logs: logs.default({}),
  /** Further lines on some nodes only, by node name. */
  nodeLogs: z.record(z.string(), logs).default({}),
  broken: z.array(brokenSchema).default([]),
  /** Pods that still run an older template: other images, an older revision. */
  stale: z.array(z.strictObject({ nodes: z.array(z.string()), images: strings })).default([]),
});
export type ScenarioDaemonSet = z.infer<typeof daemonSetSchema>;
