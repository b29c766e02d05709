import { z } from 'zod';
import { ago, condition, raw, strings } from './basics.js';
import { CLUSTER_GROUP } from './security-group-schema.js';

/** What Terway holds on the nodes of a pool. Pods get addresses of `vSwitch`. */
const terwaySchema = z.strictObject({
  vSwitch: z.string(),
  /** The instance type's limits: network cards, and addresses on each. */
  adapters: z.int().default(4),
  addressesPerAdapter: z.int().default(10),
  /** Centralised IPAM: the node has a `nodes.network.alibabacloud.com` object that shows all this. */
  crd: z.boolean().default(false),
  datapath: z.enum(['veth', 'ipvlan', 'datapathv2']).default('veth'),
  /** spec.eni.vSwitchOptions; absent = the one above. */
  options: z.array(z.string()).optional(),
  securityGroup: z.string().default(CLUSTER_GROUP),
  ipv6: z.boolean().default(false),
  /** IPv6 addresses on each card; absent = as many as IPv4 ones where `ipv6` is on, else none. */
  ipv6PerAdapter: z.int().optional(),
  /** Cards attached; absent = as many as the pods need, one at least. */
  attached: z.int().optional(),
  /** The vSwitch has no address left: each card says so. */
  insufficient: z.boolean().default(false),
});

export const poolSchema = z.strictObject({
  name: z.string(),
  count: z.int().positive(),
  zone: z.string(),
  /** `{n}` counts the nodes of the pool from 1, or from `firstNode`. */
  nodeName: z.string(),
  firstNode: z.int().default(1),
  instanceType: z.string().default('ecs.g7.xlarge'),
  cpu: z.string().default('4'),
  memory: z.string().default('16119044Ki'),
  maxPods: z.string().default('64'),
  labels: strings.default({}),
  /** Machines of someone else's: no label and no provider id of ACK. */
  foreign: z.boolean().default(false),
  /** Labels of some nodes only, by node name. */
  nodeLabels: z.record(z.string(), strings).default({}),
  annotations: strings.default({}),
  allocatable: strings.default({}),
  /** First two numbers of the cluster's pod range; each node gets the next /26. Absent on Terway. */
  podNetwork: z.string().optional(),
  terway: terwaySchema.optional(),
  /** Second, IPv6 address of each node; `{n}` as in `nodeName`, in hexadecimal. */
  ipv6: z.string().optional(),
  runtime: z.string().default('containerd://1.6.28'),
  kernel: z.string().default('5.10.134-18.al8.x86_64'),
  osImage: z.string().default('Alibaba Cloud Linux 3.2104 U10'),
  kubelet: z.string().optional(),
  created: ago.default('-200d'),
  unschedulable: z.boolean().default(false),
  taints: z.array(raw).default([]),
  conditions: z.array(condition).default([]),
  /** Conditions of some nodes only, by node name. */
  nodeConditions: z.record(z.string(), z.array(condition)).default({}),
});
export type Pool = z.infer<typeof poolSchema>;
