import { shortUid } from '../cluster/cluster-uid.js';
import { labelOf } from '../cluster/object-label.js';
import type { CheckReport } from '../engine/checking/check-report.js';
import { clockWarning } from '../engine/checking/server-time.js';
import type { Masked } from '../masking/masked.js';
import { count } from '../texts/count.js';
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
    ...(report.clusterUid === undefined ? [] : [`It is cluster ${shortUid(report.clusterUid)}.`]),
    ...(report.clockOffsetSeconds === undefined ? [] : [clockWarning(report.clockOffsetSeconds)]),
    ...section('Problems', problems.flatMap(findingLines)),
    ...section('Recovering', (report.recovering ?? []).map(recoveringLine)),
    ...section(
      'Could not be decided',
      unknown.map(({ id, unknown: why }) => `  ? ${id}: ${why?.detail}`),
    ),
    ...section('Advice', advice.flatMap(findingLines)),
    ...section('Facts', checks.flatMap(factLines)),
    ...section(
      'Not visible from here',
      report.notVisible.map(({ intent, where }) => `  - ${intent}: ${where}`),
    ),
  ];
  return forTerminal(`${lines.join('\n')}\n`);
}

/** Nobody is to take the outcome of a part for that of the cluster. */
function scopeText({ scope }: CheckReport): string {
  if (scope === undefined) return '';
  const { namespaces, node } = scope;
  const parts = [
    namespaces.length > 0 ? `namespaces ${namespaces.join(', ')}` : '',
    node === undefined ? '' : `node ${node}`,
  ];
  return ` (${parts.filter(Boolean).join('; ')})`;
}

const section = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ['', title, ...lines];

function counts(checks: readonly ReportedCheck[]): string {
  const of = (outcome: ReportedCheck['outcome']) =>
    checks.filter((check) => check.outcome === outcome).length;
  return `${count(of('clear'), 'check')} clear, ${of('unknown')} unknown, ${of('not-applicable')} not applicable`;
}

function findingLines({ id, message, evidence, intent, remediation }: ReportedFinding): readonly string[] {
  const pointers = [intent && `entry ${intent}`, remediation && `fix ${remediation}`]
    .filter(Boolean)
    .join(', ');
  return [
    `  ! ${message}`,
    `      ${id}${pointers === '' ? '' : ` (${pointers})`}`,
    ...evidence.flatMap(({ where, value, at }) => [
      `      ${where}${at === undefined ? '' : ` at ${at}`}:`,
      ...value.split('\n').map((line) => `        ${line}`),
    ]),
  ];
}

const recoveringLine = ({ about, node, since }: NonNullable<CheckReport['recovering']>[number]): string =>
  `  ~ ${labelOf(about)}: the network of ${node ?? 'its node'} came back at ${since}, and it has not failed again since`;

const factLines = ({ id, facts }: ReportedCheck): readonly string[] =>
  facts.map(({ label, value }) => `  ${id}: ${label}: ${value}`);
