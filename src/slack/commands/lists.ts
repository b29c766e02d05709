import type { Check } from '../../checks/judging/define-check.js';
import { manyForms } from '../../checks/judging/message-forms.js';
import { isEnded } from '../../proposals/proposal.js';
import type { Remediation } from '../../remediations/define-remediation.js';
import { commandTexts } from '../../texts/commands.js';
import { fixTexts } from '../../texts/fixes.js';
import { areaTitles } from '../checks/views/progress.js';
import type { LinkedCard } from '../fixes/linked-cards.js';
import { titleOf } from '../fixes/views/card/card-heading.js';
import { askerText } from '../kit/asker.js';
import { listView } from '../kit/list-view.js';
import type { SlackMessage } from '../kit/message.js';
import { clip, code, escapeMrkdwn, link, literal, mentionUser, when } from '../kit/writing/mrkdwn.js';

const { lists, explain } = commandTexts;

export const checksView = (checks: readonly Check[]): SlackMessage[] =>
  listView(
    lists.checks,
    checks.map(({ id, title, area }) => `• ${code(id)} ${areaTitles[area]}: ${escapeMrkdwn(title)}`),
    lists.noChecks,
  );

interface ClusterLine {
  readonly name: string;
  readonly readOnly: boolean;
  readonly hasFixer: boolean;
}

/** `configured` = how many there are, seen or not. */
export const clustersView = (clusters: readonly ClusterLine[], configured: number): SlackMessage[] =>
  listView(
    lists.clusters,
    clusters.map(({ name, readOnly, hasFixer }) => {
      const fixes = readOnly ? lists.readOnly : hasFixer ? lists.checksAndFixes : lists.checksOnly;
      return `• ${code(name)} ${fixes}`;
    }),
    configured === 0 ? lists.noClusters : lists.noneSeen,
  );

export interface RunningLine {
  readonly cluster: string;
  readonly state: 'waiting' | 'running';
  readonly requestedBy: string | undefined;
  readonly since?: string | undefined;
  /** Set where the line stands for a fleet; `left` = clusters whose check has not ended. */
  readonly fleet?: { readonly checks: readonly string[]; readonly left: number };
}

const runningText = ({ cluster, fleet, requestedBy }: RunningLine): string => {
  if (fleet === undefined) return lists.checkOf(code(cluster));
  if (requestedBy === undefined) return lists.scheduledCheck({ cluster: code(cluster), left: fleet.left });
  return lists.fleetCheck({ checks: fleet.checks.map(code).join(', '), left: fleet.left });
};

/** What nobody asks for and is many checks; an alert asks for one. */
const isScheduled = ({ requestedBy, fleet }: RunningLine): boolean =>
  requestedBy === undefined && fleet !== undefined;

export const statusView = (running: readonly RunningLine[], open: readonly LinkedCard[]): SlackMessage[] =>
  listView(
    lists.status,
    [
      ...running.map(
        (line) =>
          `• ${runningText(line)}: ${line.state}${isScheduled(line) ? '' : `, ${lists.askedBy(askerText(line.requestedBy))}`}${line.since === undefined ? '' : ` ${when(line.since)}`}`,
      ),
      ...open.map(proposalLine),
    ],
    lists.noStatus,
  );

export const pendingView = (open: readonly LinkedCard[]): SlackMessage[] =>
  listView(lists.pending, open.map(proposalLine), lists.noPending);

export const historyView = (past: readonly LinkedCard[]): SlackMessage[] =>
  listView(lists.history, past.map(proposalLine), lists.noHistory);

function proposalLine({ proposal, link: address }: LinkedCard): string {
  const { cluster, state, undoes, createdAt, expiresAt, endedAt, votes } = proposal;
  const by = votes.filter(({ decision }) => decision === 'approve').map(({ user }) => mentionUser(user));
  const time =
    state === 'proposed'
      ? lists.expires(when(expiresAt))
      : isEnded(proposal) && endedAt !== undefined
        ? when(endedAt)
        : when(createdAt);
  const approved = by.length === 0 ? '' : `, ${lists.approvedBy(by.join(', '))}`;
  const title = `${undoes === undefined ? '' : lists.undo}${clip(titleOf(proposal), 150)}`;
  const name = address === undefined ? literal(title) : link(address, title);
  return `• ${code(cluster)} ${name}: *${fixTexts.states[state]}*${approved}, ${time}`;
}

/** What a check looks at, what it can find, and which fixes follow. */
export function explainCheckView(
  check: Check,
  context: {
    readonly remediations: readonly Remediation[];
    /** Ids of fixes that its entries speak of, whether or not a finding leads to them. */
    readonly byCommand: readonly string[];
    readonly finding?: string | undefined;
    readonly entries: readonly string[];
  },
): SlackMessage[] {
  const messages = Object.entries(check.messages).filter(
    ([id]) => context.finding === undefined || `${check.id}.${id}` === context.finding,
  );
  const lines = [
    `*${explain.entries}:* ${context.entries.map(escapeMrkdwn).join('; ') || explain.noEntries}`,
    `*${explain.reads}:* ${check.reads.map(readsText).join('; ')}`,
    ...messages.flatMap(([id, { severity, text }]) => {
      const fixes = context.remediations.filter(({ fixes }) => fixes.includes(`${check.id}.${id}`));
      return [
        `• ${code(`${check.id}.${id}`)} (${severity}) ${literal(withoutSlots(manyForms(text)))}`,
        ...fixes.map(
          ({ id, title, risk }) =>
            `    :wrench: ${explain.fix({ title: escapeMrkdwn(title), id: code(id), risk })}`,
        ),
      ];
    }),
    ...commandLines(
      context,
      messages.map(([id]) => `${check.id}.${id}`),
    ),
    ...(messages.some(([, { text }]) => SLOT.test(text)) ? [explain.slots] : []),
  ];
  return listView(check.title, lines, '');
}

/** What can be asked for though none of these findings leads to it; not where one finding is asked about. */
function commandLines(
  { remediations, byCommand, finding }: Parameters<typeof explainCheckView>[1],
  findings: readonly string[],
): string[] {
  const left = remediations.filter(
    ({ id, fixes }) => byCommand.includes(id) && !fixes.some((fixed) => findings.includes(fixed)),
  );
  if (finding !== undefined || left.length === 0) return [];
  return [explain.byCommand(left.map(({ id }) => code(`/acknet fix ${id}`)).join(', '))];
}

const SLOT = /\{(\w{1,80})\}/;

/** A finding's words without a cluster to fill them in. */
const withoutSlots = (text: string): string =>
  text.replace(new RegExp(SLOT, 'g'), (_slot, name: string) => explain.slot(name));

const readsText = ({ group, resource, verbs, namespace, names }: Check['reads'][number]): string => {
  const object = code(`${group === '' ? '' : `${group}/`}${resource}`);
  const where = namespace === undefined ? '' : ` in ${code(namespace)}`;
  const which = names === undefined ? '' : `: ${names.map((name) => code(name)).join(', ')}`;
  return `${verbs.join('/')} ${object}${where}${which}`;
};

export interface QuestionGroup {
  readonly example: string;
  readonly times: number;
  readonly entry?: string | undefined;
  readonly score?: number | undefined;
  readonly verdicts?: string | undefined;
  readonly last: string;
}

export const questionsView = (title: string, groups: readonly QuestionGroup[]): SlackMessage[] =>
  listView(
    title,
    groups.map(({ example, times, entry, score, verdicts, last }) => {
      const about =
        entry === undefined ? '' : ` → ${code(entry)}${score === undefined ? '' : ` ${score.toFixed(2)}`}`;
      const said = verdicts === undefined ? '' : ` · ${verdicts}`;
      return `• *${lists.times(times)}*${about}${said}: “${literal(clip(example.replace(/\s+/g, ' '), 200))}” · ${lists.last(when(last))}`;
    }),
    lists.noQuestions,
  );
