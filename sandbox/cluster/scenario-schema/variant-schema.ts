import { z } from 'zod';
import type { JsonObject } from '../../../src/cluster/ports.js';
import { raw } from './basics.js';

type Patch = JsonObject & { readonly name: string };

const patch = z.looseObject({ name: z.string() }) as unknown as z.ZodType<Patch>;

const configMapPatch = z.strictObject({
  name: z.string(),
  created: z.string().optional(),
  written: z.string().optional(),
  labels: raw.optional(),
  /** Values by key; null removes one. */
  data: z.record(z.string(), z.string().nullable()).optional(),
  /** Merged into the JSON document that a value holds. */
  json: z.record(z.string(), raw).optional(),
}) as unknown as z.ZodType<Patch>;

const patches = z.array(patch).default([]);
const names = z.array(z.string()).default([]);
const added = z.array(raw).default([]);

/** What differs from a scenario; `docs/sandbox-cluster.md` says how it is read. */
export const variantSchema = z.strictObject({
  extends: z.string(),
  title: z.string(),
  /** Findings this cluster is there to show. */
  shows: z.array(z.string()).default([]),
  /** Checks this cluster is there to show content. */
  clear: z.array(z.string()).default([]),
  /** Two ends that a check of it names, as `--from`, `--to` and `--port` do. */
  names: z.strictObject({ from: z.string(), to: z.string(), port: z.string().optional() }).optional(),
  /** Top-level keys of the scenario, replaced whole. */
  set: raw.default({}),
  remove: z
    .strictObject({
      pools: names,
      daemonSets: names,
      workloads: names,
      services: names,
      configMaps: names,
    })
    .prefault({}),
  pools: patches,
  daemonSets: patches,
  workloads: patches,
  services: patches,
  configMaps: z.array(configMapPatch).default([]),
  add: z
    .strictObject({
      vSwitches: added,
      pools: added,
      daemonSets: added,
      workloads: added,
      services: added,
      configMaps: added,
      events: added,
      objects: added,
      repeated: added,
    })
    .prefault({}),
});
export type Variant = z.infer<typeof variantSchema>;
