import { trafficWords } from '../../checks/judging/named-path.js';
import { shortUid } from '../../cluster/identity/cluster-uid.js';
import { labelOf } from '../../cluster/object-label.js';
import type { CheckReport } from '../../engine/checking/check-report.js';
import { clockWarning } from '../../engine/checking/reading/server-time.js';
import type { Masked } from '../../masking/masked.js';
import { checkReportTexts as texts } from '../../texts/cli/check.js';
import { pathTexts } from '../../texts/checks.js';
import { forTerminal } from './for-terminal.js';

type ReportedCheck = CheckReport['checks'][number];
type ReportedFinding = ReportedCheck['findings'][number];

/** The report for a terminal: outcome first, worst first. `verdict` is what the run comes to, as Slack says it. */
export function renderReport(report: CheckReport, verdict: string): Masked {
  const { checks } = report;
  const problems = checks.flatMap(({ findings }) => findings);
  const advice = checks.flatMap((check) => check.advice);
  const unknown = checks.filter((check) => check.unknown !== undefined);
  const lines = [
    `${report.cluster}${scopeText(report)}: ${verdict}; ${counts(checks)}`,
    ...(report.clusterUid === undefined ? [] : [texts.isCluster(shortUid(report.clusterUid))]),
    ...(report.clockOffsetSeconds === undefined ? [] : [clockWarning(report.clockOffsetSeconds)]),
    ...section(texts.problems, problems.flatMap(findingLines)),
    ...section(texts.recovering, (report.recovering ?? []).map(recoveringLine)),
    ...section(
      texts.undecided,
      unknown.map(({ id, unknown: why }) => `  ? ${id}: ${why?.detail}`),
    ),
    ...section(texts.advice, advice.flatMap(findingLines)),
    ...section(texts.facts, checks.flatMap(factLines)),
    ...section(
      texts.notVisible,
      report.notVisible.map(({ intent, where }) => `  - ${intent}: ${where}`),
    ),
  ];
  return forTerminal(`${lines.join('\n')}\n`);
}

/** Nobody is to take the outcome of a part for that of the cluster. */
function scopeText({ scope }: CheckReport): string {
  if (scope === undefined) return '';
  const { namespaces, node, path } = scope;
  const parts = [
    namespaces.length > 0 ? texts.namespaces(namespaces.join(', ')) : '',
    node === undefined ? '' : texts.node(node),
    path === undefined ? '' : pathTexts.scope({ ...path, traffic: trafficWords(path) }),
  ];
  return ` (${parts.filter(Boolean).join('; ')})`;
}

const section = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ['', title, ...lines];

function counts(checks: readonly ReportedCheck[]): string {
  const of = (outcome: ReportedCheck['outcome']) =>
    checks.filter((check) => check.outcome === outcome).length;
  return texts.counts({ clear: of('clear'), unknown: of('unknown'), notApplicable: of('not-applicable') });
}

function findingLines({ id, message, evidence, intent, remediation }: ReportedFinding): readonly string[] {
  const pointers = [intent && texts.entry(intent), remediation && texts.fix(remediation)]
    .filter(Boolean)
    .join(', ');
  return [
    `  ! ${message}`,
    `      ${id}${pointers === '' ? '' : ` (${pointers})`}`,
    ...evidence.flatMap(({ where, value, at }) => [
      `      ${where}${at === undefined ? '' : texts.at(at)}:`,
      ...value.split('\n').map((line) => `        ${line}`),
    ]),
  ];
}

const recoveringLine = ({ about, since }: NonNullable<CheckReport['recovering']>[number]): string =>
  texts.recovers({ what: labelOf(about), since });

const factLines = ({ id, facts }: ReportedCheck): readonly string[] =>
  facts.map(({ label, value }) => `  ${id}: ${label}: ${value}`);
