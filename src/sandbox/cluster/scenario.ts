import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';
import type { JsonObject } from '../../cluster/ports.js';

const strings = z.record(z.string(), z.string());
const raw = z.record(z.string(), z.json()) as unknown as z.ZodType<JsonObject>;

const condition = z.strictObject({
  type: z.string(),
  status: z.string(),
  reason: z.string(),
  message: z.string(),
  /** How long ago it came to be, e.g. `-40m`. */
  since: z.string().default('-3h'),
});

const poolSchema = z.strictObject({
  name: z.string(),
  count: z.int().positive(),
  zone: z.string(),
  /** `{n}` counts the nodes of the cluster from 1. */
  nodeName: z.string(),
  instanceType: z.string().default('ecs.g6.xlarge'),
  cpu: z.string().default('4'),
  maxPods: z.string().default('64'),
  labels: strings.default({}),
  annotations: strings.default({}),
  allocatable: strings.default({}),
  /** First three numbers of the pod range; each node gets the next /26. Absent on Terway. */
  podNetwork: z.string().optional(),
  runtime: z.string().default('containerd://1.6.28'),
  kernel: z.string().default('5.10.134-18.al8.x86_64'),
  created: z.string().default('-200d'),
  unschedulable: z.boolean().default(false),
  taints: z.array(raw).default([]),
  conditions: z.array(condition).default([]),
  /** Conditions of some nodes only, by name. */
  nodeConditions: z.record(z.string(), z.array(condition)).default({}),
});

const daemonSetSchema = z.strictObject({
  name: z.string(),
  namespace: z.string().default('kube-system'),
  labels: strings,
  containers: z.array(
    z.strictObject({ name: z.string(), image: z.string(), command: z.array(z.string()).default([]) }),
  ),
  initContainers: z.array(z.strictObject({ name: z.string(), image: z.string() })).default([]),
  updateStrategy: z.string().default('RollingUpdate'),
  started: z.string().default('-30d'),
  /** Only nodes with these labels. */
  nodeSelector: strings.default({}),
  logs: z.record(z.string(), z.array(z.string())).default({}),
});

const workloadSchema = z.strictObject({
  name: z.string(),
  namespace: z.string().default('default'),
  replicas: z.int().nonnegative(),
  image: z.string().default('nginx:1.25'),
  started: z.string().default('-2d'),
  labels: strings.default({}),
  annotations: strings.default({}),
  phase: z.enum(['Running', 'Pending', 'ContainerCreating']).default('Running'),
  /** All replicas on this node; else spread. */
  node: z.string().optional(),
  /** Pod addresses, `{n}` counted from 1; without it Flannel pods get one of their node's range. */
  ip: z.string().optional(),
  hostPort: z.int().optional(),
  ipv6: z.string().optional(),
});

const eventSchema = z.strictObject({
  about: z.strictObject({
    kind: z.string(),
    name: z.string(),
    namespace: z.string().optional(),
    apiVersion: z.string().default('v1'),
  }),
  type: z.enum(['Normal', 'Warning']).default('Warning'),
  reason: z.string(),
  message: z.string(),
  source: z.string(),
  last: z.string(),
  count: z.int().default(1),
  /** Written through events.k8s.io: the core times stay null. */
  modern: z.boolean().default(false),
});

const outcome = z.strictObject({
  nodeCondition: condition.omit({ since: true }).optional(),
  removeTaint: z.string().optional(),
  logs: strings.default({}),
});

/** What follows when a pod of a DaemonSet has started, by what the ConfigMap held at that moment. */
const ruleSchema = z.strictObject({
  podOf: z.string(),
  configMap: z.strictObject({ name: z.string(), key: z.string() }),
  /** Tested against the text at `path` (JSON or YAML, keys joined by dots); absent path = against the whole value. */
  path: z.string().optional(),
  matches: z.string(),
  matched: outcome.optional(),
  otherwise: outcome.optional(),
});

export const scenarioSchema = z.strictObject({
  name: z.string(),
  title: z.string(),
  kubernetes: z.string(),
  region: z.string().default('cn-hangzhou'),
  clusterId: z.string().default('c4f1e0a97b2d84c63a5e1f0d9b8c7a652'),
  crds: z.array(z.string()).default([]),
  pools: z.array(poolSchema),
  daemonSets: z.array(daemonSetSchema).default([]),
  workloads: z.array(workloadSchema).default([]),
  configMaps: z
    .array(
      z.strictObject({
        name: z.string(),
        namespace: z.string().default('kube-system'),
        labels: strings.default({}),
        data: strings,
      }),
    )
    .default([]),
  events: z.array(eventSchema).default([]),
  /** Any other object, as it is. */
  objects: z.array(raw).default([]),
  rules: z.array(ruleSchema).default([]),
  /** ConfigMaps and DaemonSets that the sandbox page shows. */
  show: z.strictObject({ configMaps: z.array(z.string()), daemonSets: z.array(z.string()) }),
});
export type Scenario = z.infer<typeof scenarioSchema>;
export type ScenarioRule = Scenario['rules'][number];

/** Loads `scenarios/<name>.yaml`; throws when it is missing or not a scenario. */
export async function loadScenario(name: string): Promise<Scenario> {
  const file = fileURLToPath(new URL(`./scenarios/${name}.yaml`, import.meta.url));
  return scenarioSchema.parse(parse(await readFile(file, 'utf8')));
}

const units: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** `-40m` as an ISO time before `now`, to the second as Kubernetes writes it. */
export function relativeTime(offset: string, now: Date): string {
  const [, amount = '0', unit = 's'] = /^-(\d+)([smhd])$/.exec(offset) ?? [];
  const at = new Date(now.getTime() - Number(amount) * (units[unit] ?? 1) * 1000);
  return `${at.toISOString().slice(0, 19)}Z`;
}
