import { z } from 'zod';
import { mendedParts, proofs } from '../../checks/advice.js';
import { symptomKinds } from '../../checks/judging/define-check.js';
import type { ShownCode } from '../../errors.js';
import { runScopeSchema } from './run-scope.js';

const objectRef = z.object({ kind: z.string(), namespace: z.string().optional(), name: z.string() });
const version = z.tuple([z.number(), z.number(), z.number(), z.number()]).readonly();

export const evidenceSchema = z.object({ where: z.string(), value: z.string(), at: z.string().optional() });

export const findingSchema = z.object({
  id: z.string(),
  check: z.string(),
  severity: z.enum(['problem', 'advice']),
  message: z.string(),
  data: z.record(z.string(), z.union([z.string(), z.number()])),
  about: objectRef,
  evidence: z.array(evidenceSchema).readonly(),
  intent: z.string().optional(),
  explains: z
    .object({
      kinds: z.array(z.enum(symptomKinds)).readonly(),
      nodes: z.array(z.string()).readonly().optional(),
      pods: z.array(z.string()).readonly().optional(),
      workloads: z.array(z.string()).readonly().optional(),
      mends: z.enum(mendedParts).optional().catch(undefined),
      proof: z.enum(proofs).optional().catch(undefined),
      yields: z.array(z.string()).readonly().optional(),
    })
    .optional(),
});

/** One that only another version knows is shown as it stands. */
const shownCode = z.custom<ShownCode>((code) => typeof code === 'string');

const checkResultSchema = z.object({
  id: z.string(),
  title: z.string(),
  area: z.enum(['cluster', 'terway', 'flannel', 'kube-proxy', 'ipv6', 'across']),
  intents: z.array(z.string()).readonly(),
  outcome: z.enum(['clear', 'found', 'unknown', 'not-applicable']),
  findings: z.array(findingSchema).readonly(),
  facts: z.array(z.object({ label: z.string(), value: z.string(), where: z.string().optional() })).readonly(),
  unknown: z
    .object({ code: shownCode, detail: z.string(), only: z.array(z.string()).readonly().optional() })
    .optional(),
  reason: z.string().optional(),
  /** Absent = the cloud's side was not read, or the run was kept by a version that did not say. */
  cloudSeen: z.literal(true).optional(),
});
export type CheckResult = z.infer<typeof checkResultSchema>;

const pluginNames = ['terway', 'flannel', 'terway+flannel', 'none'] as const;
/** Runs kept by an earlier version have just a name here, or `unknown`. */
const pluginSchema = z.preprocess(
  (stored) =>
    typeof stored !== 'string'
      ? stored
      : stored === 'unknown'
        ? { known: false, code: 'cluster.failed', detail: '' }
        : { known: true, name: stored },
  z.discriminatedUnion('known', [
    z.object({ known: z.literal(true), name: z.enum(pluginNames) }),
    z.object({ known: z.literal(false), code: shownCode, detail: z.string() }),
  ]),
);

export const identitySchema = z.object({
  plugin: pluginSchema,
  flavor: z.enum(['managed', 'dedicated', 'unknown']),
  kubernetes: version.optional(),
  terway: z
    .object({ daemonSet: z.enum(['terway-eniip', 'terway-eni']), version: version.optional() })
    .optional(),
  flannel: z.object({ daemonSet: z.string(), version: version.optional() }).optional(),
  runtime: z.enum(['docker', 'containerd']).optional(),
  dualStack: z.union([z.boolean(), z.literal('unknown')]),
});

/** What showed, and the finding that accounts for it. */
const symptomSchema = z.object({
  kind: z.enum(symptomKinds),
  about: objectRef,
  node: z.string().optional(),
  words: z.string(),
  /** `findingKey` of the finding; absent = nothing accounts for it. */
  by: z.string().optional(),
});
export type RunSymptom = z.infer<typeof symptomSchema>;

/** Something whose cause a fix has ended, so that it only needs a moment; it is no symptom unless it fails again. */
const recoveringSchema = z.object({
  about: objectRef,
  node: z.string().optional(),
  /** How it failed last, before `since`. */
  words: z.string(),
  /** ISO time, by the server's clock. */
  since: z.string(),
});
export type Recovering = z.infer<typeof recoveringSchema>;

/** The result of one run; the JSON of `acknet check --json` and what crosses the queue. */
export const checkRunSchema = z.object({
  schema: z.literal(1),
  cluster: z.string(),
  /** What tells it from every other, whatever its name: the uid of namespace kube-system. Absent = not readable. */
  clusterUid: z.string().optional(),
  startedAt: z.string(),
  durationMs: z.number(),
  identity: identitySchema,
  /** Absent = the whole cluster. */
  scope: runScopeSchema.optional(),
  /** How far the API server's clock is ahead of acknet's; only where it is a minute or more, either way. */
  clockOffsetSeconds: z.number().optional(),
  /** Whether `clusters.<name>.cloud` is configured; absent = a run kept by a version that knew no cloud. */
  cloud: z.enum(['connected', 'absent']).optional(),
  checks: z.array(checkResultSchema),
  /** Absent = they were not looked for, as in the verification of a fix. */
  symptoms: z.array(symptomSchema).readonly().optional(),
  /** Absent = as for `symptoms`, or the run was kept by an earlier version. */
  recovering: z.array(recoveringSchema).readonly().optional(),
});
export type CheckRun = z.infer<typeof checkRunSchema>;

type OutcomeCounts = Readonly<Record<CheckResult['outcome'] | 'advice' | 'problems', number>>;

export function countOutcomes(checks: readonly CheckResult[]): OutcomeCounts {
  const of = (outcome: CheckResult['outcome']) => checks.filter((check) => check.outcome === outcome).length;
  const severity = (wanted: 'problem' | 'advice') =>
    checks.flatMap(({ findings }) => findings).filter((finding) => finding.severity === wanted).length;
  return {
    clear: of('clear'),
    found: of('found'),
    unknown: of('unknown'),
    'not-applicable': of('not-applicable'),
    problems: severity('problem'),
    advice: severity('advice'),
  };
}
