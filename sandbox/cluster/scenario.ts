import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';
import { isObject, text } from '../../src/cluster/fields.js';
import type { JsonObject } from '../../src/cluster/ports.js';
import { applyVariant } from './apply-variant.js';
import { ago, raw, strings } from './scenario-schema/basics.js';
import { cloudSchema } from './scenario-schema/cloud-schema.js';
import { daemonSetSchema } from './scenario-schema/daemon-set-schema.js';
import { eventSchema } from './scenario-schema/event-schema.js';
import { poolSchema } from './scenario-schema/pool-schema.js';
import { ruleSchema } from './scenario-schema/rule-schema.js';
import { type Variant, variantSchema } from './scenario-schema/variant-schema.js';
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
  /** Many objects alike; `{n}` in a text counts them from 1. */
  repeated: z.array(z.strictObject({ count: z.int().positive(), object: raw })).default([]),
  rules: z.array(ruleSchema).default([]),
  /** The account it lives in; absent = the cloud is not connected. */
  cloud: cloudSchema.optional(),
  /** What the network plugin says of each pod that starts; `{ip}` is its address. */
  podStarted: z.strictObject({ reason: z.string(), message: z.string(), source: z.string() }).optional(),
  /** ConfigMaps and DaemonSets that the sandbox page shows. */
  show: z.strictObject({ configMaps: z.array(z.string()), daemonSets: z.array(z.string()) }),
});
export type Scenario = z.infer<typeof scenarioSchema>;

const shipped = fileURLToPath(new URL('./scenarios/', import.meta.url));

/** Loads `<name>.yaml` or `variants/<name>.yaml`; throws, naming file and key, when it is missing or not a scenario. */
export async function loadScenario(name: string, folder = shipped): Promise<Scenario> {
  const source = await readYaml(`${name}.yaml`, folder);
  return source === undefined ? loadVariant(name, folder) : checked(scenarioSchema, source, `${name}.yaml`);
}

/** The variant itself, not what it makes of its scenario. */
export async function readVariant(name: string, folder = shipped): Promise<Variant> {
  const file = variantFile(name);
  const source = await readYaml(file, folder);
  if (source === undefined) throw new TypeError(`there is no scenario ${name}`);
  return checked(variantSchema, source, file);
}

const variantFile = (name: string): string => `variants/${name}.yaml`;

async function loadVariant(name: string, folder: string): Promise<Scenario> {
  const file = variantFile(name);
  const variant = await readVariant(name, folder);
  const base = await readYaml(`${variant.extends}.yaml`, folder);
  if (!isObject(base)) throw new TypeError(`${file}: extends: there is no scenario ${variant.extends}`);
  return checked(scenarioSchema, { ...applied(base, variant, file), name }, file);
}

function applied(base: JsonObject, variant: Variant, file: string): JsonObject {
  try {
    return applyVariant(base, variant);
  } catch (error) {
    throw new TypeError(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** undefined = there is no such file. */
async function readYaml(file: string, folder: string): Promise<unknown> {
  try {
    return parse(await readFile(path.join(folder, file), 'utf8'), { merge: true });
  } catch (error) {
    if (text(error, 'code') === 'ENOENT') return undefined;
    throw error;
  }
}

function checked<T>(schema: z.ZodType<T>, source: unknown, file: string): T {
  const { data, error } = schema.safeParse(source);
  if (error === undefined) return data as T;
  const issues = error.issues.map((issue) =>
    [issue.path.join('.'), issue.message].filter(Boolean).join(': '),
  );
  throw new TypeError(`${file}: ${issues.join('; ')}`);
}
