import type { Mute } from '../../../approvals/create-mutes.js';
import { type CheckResult, type CheckRun, countOutcomes } from '../../../engine/checking/check-run.js';
import { UNEXPLAINED } from '../../../engine/symptoms/relating/unexplained.js';
import { remediationsFor } from '../../../remediations/index.js';
import { checkTexts } from '../../../texts/checks.js';
import { paginate } from '../../kit/block-budget.js';
import { section, sections } from '../../kit/blocks.js';
import type { SlackMessage } from '../../kit/message.js';
import { bold, code, escapeMrkdwn, literal, mentionUser, when } from '../../kit/writing/mrkdwn.js';
import { mutedOf } from './is-muted.js';
import { causeLine, diagnosisOf, type ResultView } from './result-view.js';
import { symptomLines } from './causes/symptom-lines.js';

/** What can be listed on request, with how many there are; nothing of a kind = no button. */
export const outcomeLists = checkTexts.lists;
export type OutcomeList = keyof typeof outcomeLists;

export const isOutcomeList = (name: string): name is OutcomeList => Object.hasOwn(outcomeLists, name);

interface OutcomeListView {
  readonly run: CheckRun;
  readonly list: OutcomeList;
  readonly muted: readonly Mute[];
  readonly blind: readonly { readonly title: string; readonly blind: string }[];
}

/** The checks or facts of one kind, as many messages as they need. */
export function outcomeListView(view: OutcomeListView): SlackMessage[] {
  const lines = listLines(view);
  const title = checkTexts.listed(view.run.cluster, outcomeLists[view.list]);
  return paginate(title, [[section(bold(escapeMrkdwn(title)))], sections(lines.join('\n'))]);
}

function listLines({ run, list, muted, blind }: OutcomeListView): string[] {
  const named = ({ title, id }: CheckResult) => `*${escapeMrkdwn(title)}* \`${id}\``;
  const all = run.checks.flatMap((check) => check.findings.map((finding) => ({ check, finding })));
  switch (list) {
    case 'causes':
      return causeLines({ run, muted });
    case 'symptoms':
      return symptomLines(run.symptoms ?? [], run.symptoms?.length);
    case 'advice':
      return all
        .filter(({ finding }) => finding.severity === 'advice')
        .map(
          ({ check, finding }) =>
            `• ${named(check)}: ${literal(finding.message)}${fixesFor(finding.id, run.cluster)}`,
        );
    case 'muted':
      return all.flatMap(({ finding }) =>
        muted
          .filter((mute) => mute.finding === finding.id)
          .map(
            (mute) =>
              `• ${literal(finding.message)} \`${finding.id}\`: ${checkTexts.mutedBy(literal(mute.reason), mentionUser(mute.by.user), when(mute.until))}`,
          ),
      );
    case 'facts':
      return run.checks.flatMap(({ facts }) =>
        facts.map(({ label, value }) => `• *${escapeMrkdwn(label)}*: ${literal(value)}`),
      );
    case 'blind':
      return blind.map((entry) => `• *${escapeMrkdwn(entry.title)}*: ${escapeMrkdwn(entry.blind)}`);
    case 'unknown':
      return unknownLines(run);
    default:
      return told(run)
        .filter(({ outcome }) => outcome === list)
        .map((check) => `• ${named(check)}${reasonOf(check)}`);
  }
}

function causeLines(view: Pick<ResultView, 'run' | 'muted'>): string[] {
  const { causes, unexplained } = diagnosisOf(view);
  return [...causes, ...unexplained].map((cause, index) => {
    const shows = cause.symptoms.length === 0 ? '' : ` · ${checkTexts.cause.symptoms(cause.symptoms.length)}`;
    const ids = [...new Set(cause.findings.map(({ id }) => code(id)))].join(' ');
    return `*${index + 1}.* ${literal(causeLine(cause))}${shows} ${ids}`;
  });
}

/** How much there is to list; what stands nowhere else only. */
export function countOfList(
  { run, muted, blind }: Pick<ResultView, 'run' | 'muted' | 'blind'>,
  list: OutcomeList,
): number {
  const counts = countOutcomes(told(run));
  switch (list) {
    case 'causes':
      return 0;
    case 'symptoms':
      return run.symptoms?.length ?? 0;
    case 'muted':
      return mutedOf(run, muted);
    case 'facts':
      return run.checks.flatMap(({ facts }) => facts).length;
    case 'blind':
      return blind;
    default:
      return counts[list];
  }
}

/** What is said of symptoms is a check of its own only where it says something: nobody asked for it. */
export const told = ({ checks }: Pick<CheckRun, 'checks'>): readonly CheckResult[] =>
  checks.filter(({ id, outcome }) => id !== UNEXPLAINED || outcome === 'found' || outcome === 'unknown');

/** Advice brings no card by itself; this is how to ask for one. */
const fixesFor = (finding: string, cluster: string): string =>
  remediationsFor(finding)
    .map(({ id }) => checkTexts.fixIfWanted(code(`/acknet fix ${id} ${cluster}`)))
    .join('');

const reasonOf = ({ reason }: CheckResult): string => (reason === undefined ? '' : `: ${literal(reason)}`);

/** One cause often keeps many checks from telling: it is said once. */
function unknownLines({ checks }: CheckRun): string[] {
  const causes = new Map<string, string[]>();
  for (const { id, unknown } of checks) {
    if (unknown === undefined) continue;
    const cause = `${literal(unknown.detail)} ${code(unknown.code)}`;
    causes.set(cause, [...(causes.get(cause) ?? []), code(id)]);
  }
  return [...causes].map(([cause, ids]) => `• ${cause}\n    ${ids.join(', ')}`);
}
