import { z } from 'zod';
import type { Mute } from '../../approvals/create-mutes.js';
import { type CheckResult, type CheckRun, countOutcomes } from '../../engine/checking/check-run.js';
import { noneApplies } from '../../engine/checking/none-applies.js';
import { type Diagnosis, diagnose } from '../../engine/diagnosis/diagnose.js';
import { verdictOf } from '../../engine/diagnosis/verdict-of.js';
import { UNEXPLAINED } from '../../engine/symptoms/relating/unexplained.js';
import type { AcknetError } from '../../errors.js';
import { findingLine } from '../../texts/findings/finding-line.js';
import { verdictWords } from '../../texts/verdict.js';

/** What a fleet's message says about one cluster. */
export const fleetRowSchema = z.object({
  cluster: z.string(),
  runId: z.string(),
  outcome: z.enum(['found', 'unknown', 'clear', 'not-applicable']),
  problems: z.number(),
  advice: z.number(),
  /** Symptoms that nothing accounts for, beside checks that were not asked about them; absent = none, or an earlier version. */
  beside: z.number().optional(),
  muted: z.number(),
  /** Checks that could not tell. */
  unread: z.number(),
  /** What the run comes to, where it found something. */
  words: z.string().optional(),
  /** Its first cause in a line; why it is unknown; why nothing applies. */
  detail: z.string().optional(),
  cancelled: z.boolean().optional(),
});
export type FleetRow = z.infer<typeof fleetRowSchema>;

type Finding = CheckResult['findings'][number];

export function fleetRowOf(runId: string, run: CheckRun, mutes: readonly Mute[]): FleetRow {
  const muted = new Set(mutes.map(({ finding }) => finding));
  const all = run.checks.flatMap(({ findings }) => findings).filter(({ severity }) => severity === 'problem');
  const problems = all.filter(({ id }) => !muted.has(id));
  const counts = countOutcomes(run.checks.filter(({ id }) => id !== UNEXPLAINED));
  const outcome = outcomeOf(run.checks, problems.length);
  const diagnosis = diagnose(run, ({ id }) => muted.has(id));
  const detail = detailOf(run.checks, outcome, diagnosis);
  const verdict = verdictOf(run, diagnosis, { muted: all.length - problems.length });
  return {
    cluster: run.cluster,
    runId,
    outcome,
    problems: problems.length,
    words: outcome === 'found' ? verdictWords(verdict) : undefined,
    advice: counts.advice,
    beside: besideOf(run.checks),
    muted: all.length - problems.length,
    unread: countOutcomes(run.checks).unknown,
    detail: detail === undefined ? undefined : cut(detail),
    cancelled: run.checks.some(({ unknown }) => unknown?.code === 'check.cancelled') || undefined,
  };
}

/** Where the symptoms were not asked for, those without a known cause stand as advice: that they are not. */
function besideOf(checks: readonly CheckResult[]): number | undefined {
  const left = checks
    .filter(({ id }) => id === UNEXPLAINED)
    .flatMap(({ findings }) => findings.filter(({ severity }) => severity === 'advice'));
  return left.reduce((sum, { data }) => sum + Number(data.count ?? 1), 0) || undefined;
}

/** Its check did not run. */
export function failedFleetRow(runId: string, cluster: string, error: AcknetError): FleetRow {
  const detail = [error.message, error.hint].filter((part) => part !== undefined).join(' ');
  return {
    cluster,
    runId,
    outcome: 'unknown',
    problems: 0,
    advice: 0,
    muted: 0,
    unread: 0,
    detail: cut(detail),
  };
}

/** A line of a message; the whole of it is in the cluster's own check. */
const DETAIL = 1000;
const cut = (text: string): string =>
  text.length <= DETAIL ? text : `${[...text].slice(0, DETAIL - 1).join('')}…`;

/** One check that could not tell leaves the cluster unknown, unless another found something. */
function outcomeOf(checks: readonly CheckResult[], problems: number): FleetRow['outcome'] {
  if (problems > 0) return 'found';
  if (checks.some(({ outcome }) => outcome === 'unknown')) return 'unknown';
  return noneApplies(checks) === undefined ? 'clear' : 'not-applicable';
}

function detailOf(
  checks: readonly CheckResult[],
  outcome: FleetRow['outcome'],
  { causes, unexplained }: Diagnosis<Finding>,
): string | undefined {
  switch (outcome) {
    case 'found':
      return [...causes, ...unexplained].flatMap(({ findings }) => findings.slice(0, 1)).map(findingLine)[0];
    case 'unknown':
      return distinct(checks.map(({ unknown }) => unknown?.detail));
    case 'not-applicable':
      return noneApplies(checks)?.why;
    case 'clear':
      return undefined;
  }
}

const distinct = (parts: readonly (string | undefined)[]): string | undefined =>
  [...new Set(parts.filter((part) => part !== undefined))].join(' ') || undefined;
