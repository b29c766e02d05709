import type { CheckResult, CheckRun } from '../../../engine/checking/check-run.js';
import type { Intent } from '../../../intents/intent.js';
import { questionTexts as texts } from '../../../texts/questions.js';
import { paginate } from '../../kit/block-budget.js';
import { actionIds } from '../../kit/action-ids.js';
import { encodeValue } from '../../kit/action-values.js';
import { actions, button, section, sections } from '../../kit/blocks.js';
import type { KnownBlock, SlackMessage } from '../../kit/message.js';
import { bold, escapeMrkdwn, literal } from '../../kit/writing/mrkdwn.js';

type Entry = Pick<Intent, 'id' | 'title' | 'blind'>;

interface Ruling {
  readonly kind: 'confirmed' | 'ruled out' | 'cannot tell';
  readonly by: string;
}

const marks = {
  confirmed: ':red_circle:',
  'ruled out': ':white_check_mark:',
  'cannot tell': ':grey_question:',
};
const order = ['confirmed', 'cannot tell', 'ruled out'] as const;

/** Which of these is it: per entry confirmed by what, ruled out by what, or why it cannot be told. */
export function tellApartView(run: CheckRun, entries: readonly Entry[], runId: string): SlackMessage[] {
  const rulings = entries
    .map((entry) => ({ entry, ruling: ruleOn(entry, run.checks) }))
    .sort((a, b) => order.indexOf(a.ruling.kind) - order.indexOf(b.ruling.kind));
  const confirmed = rulings
    .filter(({ ruling }) => ruling.kind === 'confirmed')
    .map(({ entry }) => entry.title);
  const isOpen = rulings.every(({ ruling }) => ruling.kind === 'cannot tell');
  const text = texts.confirmedOn(run.cluster, { confirmed, isOpen });
  return paginate(text, [
    [section(bold(escapeMrkdwn(texts.whichOn(run.cluster))))],
    ...rulings.map(({ entry, ruling }) =>
      sections(`${marks[ruling.kind]} *${escapeMrkdwn(entry.title)}*: ${ruling.kind}\n${literal(ruling.by)}`),
    ),
    ...(confirmed.length > 0 ? [] : [nextStep(run.cluster, runId)]),
  ]);
}

/** Where it is none of them for certain: all the other checks may find what it is. */
const nextStep = (cluster: string, runId: string): KnownBlock[] => [
  section(texts.nextStep(escapeMrkdwn(cluster))),
  ...actions(`tell-next:${runId}`, [
    button(texts.checkWhole(cluster), {
      action: actionIds.checkWhole,
      value: encodeValue('run', { r: runId }),
      style: 'primary',
    }),
  ]),
];

/**
 * A finding speaks for its own entry only. Of another entry's, the check that sorts what it finds by cause says that
 * it is not this one; any other check's may be behind this one too, and then nothing is ruled out.
 */
function ruleOn(entry: Entry, checks: readonly CheckResult[]): Ruling {
  const its = checks.filter(({ intents }) => intents.includes(entry.id));
  const own = its.flatMap(problemsOf).filter(({ intent }) => intent === entry.id);
  if (own.length > 0) return { kind: 'confirmed', by: own.map(({ message }) => message).join('\n') };
  if (its.length === 0) return { kind: 'cannot tell', by: entry.blind ?? texts.noCheckLooks };

  const unread = its.filter(({ outcome }) => outcome === 'unknown');
  const beside = its.filter((check) => problemsOf(check).length > 0);
  const open = [...unread, ...beside.filter(({ area }) => area !== 'across')];
  const quiet = its.filter(({ outcome }) => outcome === 'clear' || outcome === 'not-applicable');
  return open.length > 0 || quiet.length === 0
    ? { kind: 'cannot tell', by: (open.length > 0 ? open : beside).map(saidBy).join('\n') }
    : { kind: 'ruled out', by: [...quiet, ...beside].map(saidBy).join('\n') };
}

const problemsOf = ({ findings }: CheckResult): CheckResult['findings'] =>
  findings.filter(({ severity }) => severity === 'problem');

function saidBy(check: CheckResult): string {
  const { title, outcome, reason, unknown } = check;
  const [other] = problemsOf(check);
  if (other !== undefined) return texts.foundElse(title, other.message);
  if (outcome === 'unknown') return `${title}: ${unknown?.detail}`;
  return `${title}: ${outcome === 'not-applicable' ? (reason ?? texts.doesNotApply) : texts.clear}`;
}
