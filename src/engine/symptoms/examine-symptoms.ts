import type { Finding, Mended, Verdict } from '../../checks/judging/define-check.js';
import type { ClusterReader } from '../../cluster/ports.js';
import type { CheckResult, Recovering, RunSymptom } from '../checking/check-run.js';
import { findingKey } from '../checking/finding-key.js';
import { concerns, type RunScope } from '../checking/run-scope.js';
import { gatherSymptoms } from './gather-symptoms.js';
import { type UnreadLogs, unreadLogs } from './logs/unread-logs.js';
import { type Claimant, relate } from './relating/relate.js';
import { settleClaims } from './relating/settle-claims.js';
import { tellFurther } from './relating/tell-further.js';
import type { Symptom } from './symptom.js';
import { isDeadNode, UNEXPLAINED, unexplainedFindings } from './relating/unexplained.js';

/** Its result stands among those of the checks, so that whatever shows these shows it too. */
export const unexplainedCheck = {
  id: UNEXPLAINED,
  title: 'Everything unhealthy has a known cause',
  area: 'across',
  intents: [],
} as const;

interface Examination {
  readonly reader: ClusterReader;
  readonly now: Date;
  readonly results: readonly CheckResult[];
  /** Whether the run speaks for the cluster; one that was asked for less names as advice what else shows. */
  readonly whole: boolean;
  readonly scope?: RunScope | undefined;
  /** Fixes that ended lately, by the server's clock. */
  readonly mended?: readonly Mended[] | undefined;
}

interface Examined {
  /** The results as they came, but that no two of them claim one symptom with contradictory advice. */
  readonly results: readonly CheckResult[];
  readonly verdict: Verdict;
  readonly symptoms: readonly RunSymptom[];
  readonly recovering: readonly Recovering[];
}

/** Gathers the symptoms and relates them to the findings; what no finding accounts for is one itself. */
export async function examineSymptoms(examination: Examination): Promise<Examined> {
  const { reader, now, results, whole, scope, mended } = examination;
  const { symptoms: all, read } = await gatherSymptoms(reader, now, { mended, node: scope?.node });
  const shown = scope === undefined ? all : all.filter(({ about, node }) => concerns(scope, about, node));
  const symptoms = shown.filter(({ recoveringSince }) => recoveringSince === undefined);
  const found = claimantsOf(results);
  const related = relate(symptoms, found);
  const left = related.flatMap(({ symptom, by }) => (by === undefined ? [symptom] : []));
  const own = unexplainedOf(left);
  const findings = whole ? own : own.map(asAdvice);
  return {
    results: tellFurther(settleClaims(results, related), related),
    verdict: verdictOf(findings, whole ? unreadLogs(read, scope) : undefined),
    symptoms: relate(symptoms, [...found, ...own.map(ownClaim)]).map(({ symptom, by }) =>
      recorded(symptom, by),
    ),
    recovering: shown.flatMap(recoveringOf),
  };
}

function verdictOf(findings: readonly Finding[], unread: UnreadLogs | undefined): Verdict {
  const outcome = findings.some(isProblem) ? 'found' : unread === undefined ? 'clear' : 'unknown';
  return { outcome, findings, facts: unread === undefined ? [] : [unread.fact], unknown: unread?.unknown };
}

const claimantsOf = (results: readonly CheckResult[]): readonly Claimant[] =>
  results.flatMap(({ area, findings }) =>
    (findings as readonly Finding[]).map((finding) => ({ area, finding })),
  );

const ownClaim = (finding: Finding): Claimant => ({ area: unexplainedCheck.area, finding });

/**
 * What accounts for the rest first: a node that is down for another reason than its network takes everything on it along,
 * a network component that is down what its node shows.
 */
function unexplainedOf(all: readonly Symptom[]): readonly Finding[] {
  const first = [isDeadNode, ({ kind }: Symptom) => kind === 'component-down', () => true];
  const told: Finding[] = [];
  for (const isNext of first) {
    const left = relate(all, told.map(ownClaim)).flatMap(({ symptom, by }) => (by ? [] : [symptom]));
    told.push(...unexplainedFindings(left.filter(isNext), all));
  }
  return told;
}

const isProblem = ({ severity }: Finding): boolean => severity === 'problem';
const asAdvice = (finding: Finding): Finding => ({ ...finding, severity: 'advice' });

const recoveringOf = ({ about, node, words, recoveringSince: since }: Symptom): readonly Recovering[] =>
  since === undefined ? [] : [{ about, node, words, since }];

const recorded = ({ kind, about, node, words }: Symptom, by: Finding | undefined): RunSymptom => ({
  kind,
  about,
  node,
  words,
  by: by && findingKey(by),
});
