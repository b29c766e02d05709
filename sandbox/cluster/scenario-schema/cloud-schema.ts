import { z } from 'zod';
import { ago, raw } from './basics.js';
import { CLUSTER_GROUP, instanceSchema, securityGroupSchema } from './security-group-schema.js';

const natGatewaySchema = z.strictObject({
  id: z.string(),
  network: z.enum(['internet', 'intranet']).default('internet'),
  snat: z.array(z.strictObject({ vSwitch: z.string().optional(), cidr: z.string().optional() })).default([]),
});

const routeTableSchema = z.strictObject({
  id: z.string(),
  type: z.enum(['System', 'Custom']).default('System'),
  associate: z.enum(['VSwitch', 'Gateway']).default('VSwitch'),
  /** Absent = every vSwitch that no other table names. */
  vSwitches: z.array(z.string()).optional(),
  /** A route to each node's pod range, as the cloud controller writes them. */
  podRoutes: z.boolean().default(false),
  /** Nodes whose route is missing. */
  without: z.array(z.string()).default([]),
  /** Custom routes to other places. */
  others: z.int().nonnegative().default(0),
  routes: z
    .array(
      z.strictObject({ to: z.string(), hop: z.string(), id: z.string(), custom: z.boolean().default(true) }),
    )
    .default([]),
});

const looseInterfaceSchema = z.strictObject({
  id: z.string(),
  vSwitch: z.string(),
  status: z.string().default('Available'),
  created: ago.default('-3d'),
  /** An instance that is no node. */
  instance: z.string().optional(),
  terway: z.boolean().default(true),
});

/** IPv6 addresses are those of the pods. Their annotations are carried out, except as said here, by workload. */
const ipv6Schema = z.strictObject({
  /** null = the VPC has none. */
  gateway: z
    .strictObject({
      id: z.string().default('ipv6gw-bp1g6a8t0e2w4a6y8v6i0'),
      status: z.string().default('Available'),
      business: z.string().default('Normal'),
    })
    .prefault({})
    .nullable(),
  /** Annotated, and without bandwidth all the same. */
  unserved: z.array(z.string()).default([]),
  /** Mbit/s that somebody bought by hand. */
  bought: z.record(z.string(), z.int()).default({}),
  /** What locked the bandwidth. */
  locked: z.record(z.string(), z.string()).default({}),
  /** With an egress-only rule that no annotation asks for. */
  ruled: z.array(z.string()).default([]),
  /** Marked egress-only, and without a rule all the same. */
  unruled: z.array(z.string()).default([]),
});

const NAT = 'ngw-bp1n0a1t2g3a4t5e6w7a8';

/** The account a cluster lives in. What the cluster itself shows (nodes, ENIs, pod routes) is derived from it. */
export const cloudSchema = z.strictObject({
  account: z.string().default('1234567890123456'),
  vpc: z
    .strictObject({
      id: z.string().default('vpc-bp1o8h2k5n7q9s3u6w0y4'),
      cidr: z.string().default('10.0.0.0/16'),
      secondary: z.array(z.string()).default([]),
      user: z.array(z.string()).default([]),
    })
    .prefault({}),
  /** Free addresses by vSwitch; absent = all that no pod has. */
  free: z.record(z.string(), z.int().nonnegative()).default({}),
  /** vSwitches of the scenario that the account has not (any more). */
  gone: z.array(z.string()).default([]),
  /** Others of the VPC. */
  vSwitches: z
    .array(
      z.strictObject({
        id: z.string(),
        zone: z.string(),
        cidr: z.string(),
        free: z.int(),
        vpc: z.string().optional(),
      }),
    )
    .default([]),
  /** Absent = one that serves the whole VPC. */
  natGateways: z
    .array(natGatewaySchema)
    .default([{ id: NAT, network: 'internet', snat: [{ cidr: '10.0.0.0/8' }] }]),
  /** Absent = the VPC's own, with a default route to that gateway and the routes to the nodes' pods. */
  routeTables: z.array(routeTableSchema).prefault([
    {
      id: 'vtb-bp1s1y2s3t4e5m6t7a8b9',
      podRoutes: true,
      routes: [{ to: '0.0.0.0/0', hop: 'NatGateway', id: NAT }],
    },
  ]),
  ipv6: ipv6Schema.prefault({}),
  interfaces: z.array(looseInterfaceSchema).default([]),
  /** Beside the cluster's own. */
  securityGroups: z.array(securityGroupSchema).default([]),
  /** Of the nodes' primary ENIs; Terway's ENIs have the group of their pool. */
  nodeGroups: z.array(z.string()).default([CLUSTER_GROUP]),
  /** ECS instances that are no nodes. */
  instances: z.array(instanceSchema).default([]),
  /** ENIs and addresses on each, by instance type; absent = what Terway shows of the nodes. */
  instanceTypes: z
    .record(z.string(), z.strictObject({ enis: z.int(), addresses: z.int(), total: z.int().optional() }))
    .default({}),
  addOns: z
    .array(z.strictObject({ name: z.string(), version: z.string(), offered: z.string().optional() }))
    .default([]),
  /** How many more days ACK supports the cluster's Kubernetes. */
  supportedDays: z.int().default(400),
  /** Fields of the cluster's detail that differ. */
  detail: raw.default({}),
});
export type CloudScenario = z.infer<typeof cloudSchema>;
