import type { CheckResult, CheckRun } from '../../engine/check-run.js';
import type { Intent } from '../../intents/intent.js';
import { paginate } from '../block-budget.js';
import { section, sections } from '../blocks.js';
import type { SlackMessage } from '../message.js';
import { bold, escapeMrkdwn, literal } from '../mrkdwn.js';

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
export function tellApartView(run: CheckRun, entries: readonly Entry[]): SlackMessage[] {
  const rulings = entries
    .map((entry) => ({ entry, ruling: ruleOn(entry, run.checks) }))
    .sort((a, b) => order.indexOf(a.ruling.kind) - order.indexOf(b.ruling.kind));
  const confirmed = rulings
    .filter(({ ruling }) => ruling.kind === 'confirmed')
    .map(({ entry }) => entry.title);
  const text = `${run.cluster}: ${confirmed.length > 0 ? `it is ${confirmed.join('; and ')}` : 'none of these is confirmed'}.`;
  return paginate(text, [
    [section(bold(escapeMrkdwn(`Which of these is it, on ${run.cluster}?`)))],
    ...rulings.map(({ entry, ruling }) =>
      sections(`${marks[ruling.kind]} *${escapeMrkdwn(entry.title)}*: ${ruling.kind}\n${literal(ruling.by)}`),
    ),
  ]);
}

function ruleOn(entry: Entry, checks: readonly CheckResult[]): Ruling {
  const its = checks.filter(({ intents }) => intents.includes(entry.id));
  const problems = its.flatMap(({ findings }) => findings.filter(({ severity }) => severity === 'problem'));
  if (problems.length > 0)
    return { kind: 'confirmed', by: problems.map(({ message }) => message).join('\n') };
  const unread = its.filter(({ outcome }) => outcome === 'unknown');
  if (unread.length > 0)
    return {
      kind: 'cannot tell',
      by: unread.map(({ title, unknown }) => `${title}: ${unknown?.detail}`).join('\n'),
    };
  if (its.length === 0) return { kind: 'cannot tell', by: entry.blind ?? 'No check looks at it.' };
  const reasons = its.map(({ title, outcome, reason }) =>
    outcome === 'not-applicable' ? `${title}: ${reason ?? 'does not apply here'}` : `${title}: clear`,
  );
  return { kind: 'ruled out', by: reasons.join('\n') };
}
