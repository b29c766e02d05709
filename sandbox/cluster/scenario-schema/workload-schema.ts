import { z } from 'zod';
import { ago, raw, strings } from './basics.js';

export const workloadSchema = z.strictObject({
  name: z.string(),
  namespace: z.string().default('default'),
  replicas: z.int().nonnegative(),
  image: z.string().default('registry.cn-hangzhou.aliyuncs.com/team/web:1.25'),
  started: ago.default('-2d'),
  labels: strings.default({}),
  annotations: strings.default({}),
  phase: z.enum(['Running', 'Pending', 'ContainerCreating', 'Succeeded', 'Failed']).default('Running'),
  /** Nodes the pods are spread over; absent = all that take pods and are Ready. */
  nodes: z.array(z.string()).default([]),
  /** `PodScheduled=False` message of a Pending one. */
  unschedulable: z.string().default('0/5 nodes are available: 5 Too many pods.'),
  hostNetwork: z.boolean().default(false),
  ports: z.array(raw).default([]),
  nodeSelector: strings.default({}),
  tolerations: z.array(raw).default([]),
  /** Without a controller: nothing recreates the pods. */
  bare: z.boolean().default(false),
  emptyDir: z.boolean().default(false),
  /** Fixed addresses, `{n}` counted from 1; absent = free ones of the node's range. */
  ip: z.string().optional(),
  /** Only the IPv4 address, in a cluster where others have both. */
  ipv4Only: z.boolean().default(false),
});
export type Workload = z.infer<typeof workloadSchema>;

export const serviceSchema = z.strictObject({
  name: z.string(),
  namespace: z.string().default('default'),
  labels: strings.default({}),
  annotations: strings.default({}),
  created: ago.default('-100d'),
  /** The whole spec, as it is stored. */
  spec: raw,
  /** External address of a LoadBalancer. */
  external: z.string().optional(),
});
