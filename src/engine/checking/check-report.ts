import { z } from 'zod';
import { blindText } from '../../checks/judging/blind-text.js';
import { symptomKinds } from '../../checks/judging/define-check.js';
import { checks as catalogue } from '../../checks/index.js';
import type { PluginName } from '../../cluster/identity/identity.js';
import { remediationsFor } from '../../remediations/index.js';
import { type CheckResult, type CheckRun, evidenceSchema } from './check-run.js';
import { runScopeSchema } from './run-scope.js';

const findingSchema = z.object({
  id: z.string(),
  severity: z.enum(['problem', 'advice']),
  message: z.string(),
  about: z.object({ kind: z.string(), namespace: z.string().optional(), name: z.string() }),
  evidence: z.array(evidenceSchema),
  intent: z.string().optional(),
  remediation: z.string().optional(),
});

/** What `acknet check --json` prints, version 1. docs/check-json.md describes it to readers. */
export const checkReportSchema = z.object({
  schema: z.literal(1),
  cluster: z.string(),
  clusterUid: z.string().optional(),
  startedAt: z.string(),
  durationMs: z.number(),
  /** Absent = the whole cluster. */
  scope: runScopeSchema.optional(),
  clockOffsetSeconds: z.number().optional(),
  checks: z.array(
    z.object({
      id: z.string(),
      outcome: z.enum(['clear', 'found', 'unknown', 'not-applicable']),
      findings: z.array(findingSchema),
      advice: z.array(findingSchema),
      facts: z.array(z.object({ label: z.string(), value: z.string(), where: z.string().optional() })),
      unknown: z.object({ code: z.string(), detail: z.string() }).optional(),
      reason: z.string().optional(),
    }),
  ),
  symptoms: z
    .array(
      z.object({
        kind: z.enum(symptomKinds),
        about: z.object({ kind: z.string(), namespace: z.string().optional(), name: z.string() }),
        node: z.string().optional(),
        words: z.string(),
        /** `<finding id> <kind> <namespace> <name>` of the finding that accounts for it. */
        by: z.string().optional(),
      }),
    )
    .optional(),
  recovering: z
    .array(
      z.object({
        about: z.object({ kind: z.string(), namespace: z.string().optional(), name: z.string() }),
        node: z.string().optional(),
        words: z.string(),
        since: z.string(),
      }),
    )
    .optional(),
  notVisible: z.array(z.object({ intent: z.string(), where: z.string() })),
});
export type CheckReport = z.infer<typeof checkReportSchema>;

/** An entry of the FAQ that Kubernetes cannot decide, and where to look instead. */
export interface BlindSpot {
  readonly intent: string;
  readonly area: string;
  readonly where: string;
}

export function createCheckReport(run: CheckRun, blindSpots: readonly BlindSpot[]): CheckReport {
  return {
    schema: 1,
    cluster: run.cluster,
    clusterUid: run.clusterUid,
    startedAt: run.startedAt,
    durationMs: run.durationMs,
    scope: run.scope,
    clockOffsetSeconds: run.clockOffsetSeconds,
    checks: run.checks.map(reportOf),
    symptoms: run.symptoms?.map((symptom) => ({ ...symptom })),
    recovering: run.recovering?.map((entry) => ({ ...entry })),
    notVisible: notVisibleIn(
      run,
      blindSpots.map(({ intent, area, where }) => ({ id: intent, area, blind: where })),
    ).map(({ entry, where }) => ({ intent: entry.id, where })),
  };
}

/** What a run could not see of an entry: the cloud answers only where it was connected, and read. */
export function blindIn(
  { cloud, checks: ran }: Pick<CheckRun, 'cloud' | 'checks'>,
  entry: { readonly id: string; readonly blind?: string | undefined },
): string | undefined {
  const answered = catalogue.filter(({ id }) => ran.some((check) => check.id === id && check.cloudSeen));
  return cloud === 'connected'
    ? blindText(entry, { checks: answered, connected: true })
    : blindText(entry, { checks: catalogue, connected: false });
}

const otherPlugin: Partial<Readonly<Record<PluginName, string>>> = { terway: 'flannel', flannel: 'terway' };

/**
 * What a run could not see of these entries. Those are left out of the plugin that certainly does not run there and, in
 * a run of some checks, those that these are not about.
 */
export function notVisibleIn<
  E extends { readonly id: string; readonly area: string; readonly blind?: string | undefined },
>(
  run: Pick<CheckRun, 'identity' | 'cloud' | 'checks'>,
  entries: readonly E[],
): readonly { readonly entry: E; readonly where: string }[] {
  const { identity, checks: ran } = run;
  const absent = identity.plugin.known ? otherPlugin[identity.plugin.name] : undefined;
  const asked = new Set(ran.flatMap(({ intents }) => intents));
  const whole = catalogue.every(({ id }) => ran.some((check) => check.id === id));
  return entries
    .filter(({ area, id }) => area !== absent && (whole || asked.has(id)))
    .flatMap((entry) => {
      const where = blindIn(run, entry);
      return where === undefined ? [] : [{ entry, where }];
    });
}

const reportOf = (check: CheckResult): CheckReport['checks'][number] => ({
  id: check.id,
  outcome: check.outcome,
  findings: check.findings.filter(({ severity }) => severity === 'problem').map(reportedFinding),
  advice: check.findings.filter(({ severity }) => severity === 'advice').map(reportedFinding),
  facts: [...check.facts],
  unknown: check.unknown,
  reason: check.reason,
});

function reportedFinding(finding: CheckResult['findings'][number]): z.infer<typeof findingSchema> {
  const remediation = remediationsFor(finding.id)[0]?.id;
  return {
    id: finding.id,
    severity: finding.severity,
    message: finding.message,
    about: {
      kind: finding.about.kind,
      namespace: finding.about.namespace,
      name: finding.about.name,
    },
    evidence: [...finding.evidence],
    intent: finding.intent,
    remediation,
  };
}
