import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';
import { ago, raw, strings } from './scenario-schema/basics.js';
import { daemonSetSchema } from './scenario-schema/daemon-set-schema.js';
import { eventSchema } from './scenario-schema/event-schema.js';
import { poolSchema } from './scenario-schema/pool-schema.js';
import { ruleSchema } from './scenario-schema/rule-schema.js';
import { serviceSchema, workloadSchema } from './scenario-schema/workload-schema.js';

export type { Pool } from './scenario-schema/pool-schema.js';
export type { ScenarioRule } from './scenario-schema/rule-schema.js';

const configMapSchema = z.strictObject({
  name: z.string(),
  namespace: z.string().default('kube-system'),
  labels: strings.default({}),
  data: strings,
  created: ago.default('-200d'),
  /** Last write; absent = when it was created. */
  written: ago.optional(),
});

const vSwitchSchema = z.strictObject({
  id: z.string(),
  zone: z.string(),
  cidr: z.string(),
  /** A /64; pods of a dual-stack node get the same host number in it. */
  ipv6: z.string().optional(),
});

export const scenarioSchema = z.strictObject({
  name: z.string(),
  title: z.string(),
  kubernetes: z.string(),
  region: z.string().default('cn-hangzhou'),
  clusterId: z.string().default('c4f1e0a97b2d84c63a5e1f0d9b8c7a652'),
  ipStack: z.enum(['ipv4', 'dual']).default('ipv4'),
  /** API groups of custom resources that are installed. */
  crds: z.array(z.string()).default([]),
  namespaces: z.array(z.string()).default([]),
  vSwitches: z.array(vSwitchSchema).default([]),
  pools: z.array(poolSchema),
  daemonSets: z.array(daemonSetSchema).default([]),
  workloads: z.array(workloadSchema).default([]),
  services: z.array(serviceSchema).default([]),
  configMaps: z.array(configMapSchema).default([]),
  events: z.array(eventSchema).default([]),
  /** Any other object, as it is. */
  objects: z.array(raw).default([]),
  rules: z.array(ruleSchema).default([]),
  /** What the network plugin says of each pod that starts; `{ip}` is its address. */
  podStarted: z.strictObject({ reason: z.string(), message: z.string(), source: z.string() }).optional(),
  /** ConfigMaps and DaemonSets that the sandbox page shows. */
  show: z.strictObject({ configMaps: z.array(z.string()), daemonSets: z.array(z.string()) }),
});
export type Scenario = z.infer<typeof scenarioSchema>;

/** Loads `scenarios/<name>.yaml`; throws when it is missing or not a scenario. */
export async function loadScenario(name: string): Promise<Scenario> {
  const file = fileURLToPath(new URL(`./scenarios/${name}.yaml`, import.meta.url));
  return scenarioSchema.parse(parse(await readFile(file, 'utf8'), { merge: true }));
}
