import { z } from 'zod';

const ruleSchema = z.strictObject({
  direction: z.enum(['ingress', 'egress']).default('ingress'),
  policy: z.enum(['Accept', 'Drop']).default('Accept'),
  priority: z.int().min(1).max(100).default(1),
  protocol: z.string().default('ALL'),
  ports: z.string().default('-1/-1'),
  portList: z.string().optional(),
  /** The other end: one of these. */
  cidr: z.string().optional(),
  cidr6: z.string().optional(),
  group: z.string().optional(),
  prefixList: z.string().optional(),
});
export type ScenarioGroupRule = z.infer<typeof ruleSchema>;

/** The group that ACK makes with a cluster; nodes and ENIs are in it unless the scenario says otherwise. */
export const CLUSTER_GROUP = 'sg-bp1k3m5o7q9s1u3w5y7a';

export const securityGroupSchema = z.strictObject({
  id: z.string(),
  type: z.enum(['normal', 'enterprise']).default('normal'),
  inner: z.enum(['Accept', 'Drop']).default('Accept'),
  rules: z.array(ruleSchema).default([]),
});

/** An ECS instance that is no node. */
export const instanceSchema = z.strictObject({
  id: z.string(),
  ip: z.string(),
  ipv6: z.string().optional(),
  groups: z.array(z.string()),
  /** Absent = the cluster's. */
  vpc: z.string().optional(),
  vSwitch: z.string().default('vsw-bp1o0t1h2e3r4s5v6s7w8'),
  status: z.string().default('Running'),
});

/** Pings from anywhere and everything out, as ACK writes it. */
export const clusterGroup = {
  id: CLUSTER_GROUP,
  rules: [
    { protocol: 'ICMP', cidr: '0.0.0.0/0' },
    { direction: 'egress' as const, cidr: '0.0.0.0/0' },
  ],
};
