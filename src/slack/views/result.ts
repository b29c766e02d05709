import type { Mute } from '../../approvals/create-mutes.js';
import { type CheckResult, type CheckRun, countOutcomes } from '../../engine/check-run.js';
import { findingKey, type RunChanges } from '../../jobs/compare-runs.js';
import { actionIds } from '../action-ids.js';
import { encodeValue } from '../action-values.js';
import { charactersOf, paginate } from '../block-budget.js';
import { actions, blocksOf, button, context, section, sections } from '../blocks.js';
import type { KnownBlock, Posting, SlackFile, SlackMessage } from '../message.js';
import { bold, clip, count, escapeMrkdwn, link, literal, mentionUser, when } from '../mrkdwn.js';
import { type Finding, findingBlocks } from './evidence.js';

export interface Refusal {
  readonly remediation: string;
  readonly finding: string;
  readonly reason: string;
  readonly hint?: string | undefined;
}

export interface ResultView {
  readonly runId: string;
  readonly run: CheckRun;
  readonly requestedBy: string;
  /** Narrowed by the request: `default, prod` or `node cn-hangzhou.10.0.0.1`. */
  readonly scope?: string | undefined;
  readonly changes?: RunChanges | undefined;
  readonly muted: readonly Mute[];
  readonly refusals: readonly Refusal[];
  readonly entries: EntryTitles;
  /** Entries that Kubernetes cannot show, for "not visible from here". */
  readonly blind: number;
}

/** Title and documentation of an entry, by id. */
export type EntryTitles = ReadonlyMap<
  string,
  { readonly title: string; readonly links: readonly { readonly title: string; readonly url: string }[] }
>;

/** The findings of the checks that belong to one entry. */
interface Group {
  readonly title: string;
  readonly doc?: { readonly title: string; readonly url: string } | undefined;
  readonly findings: readonly Finding[];
}

/** Outcome first, worst first, grouped by entry; evidence follows in the thread. */
export function resultView(view: ResultView): Posting {
  const groups = groupFindings(view);
  const thread = groups.map((group) => groupMessages(group, view));
  return {
    first: summary(view, groups),
    more: thread.flatMap(({ messages }) => messages),
    files: thread.flatMap(({ files }) => files),
  };
}

const isMuted = (finding: Finding, muted: readonly Mute[]): boolean =>
  muted.some((mute) => mute.finding === finding.id);

function groupFindings(view: ResultView): Group[] {
  const groups = new Map<string, Group & { readonly findings: Finding[] }>();
  for (const { check, finding } of shownFindings(view)) {
    const ids = finding.intent === undefined ? [] : [finding.intent, ...check.intents];
    const entry = ids.map((id) => view.entries.get(id)).find((found) => found !== undefined);
    const title = entry?.title ?? check.title;
    const group = groups.get(title) ?? { title, doc: entry?.links[0], findings: [] };
    group.findings.push(finding);
    groups.set(title, group);
  }
  return [...groups.values()].sort((a, b) => b.findings.length - a.findings.length);
}

const shownFindings = ({ run, muted }: ResultView) =>
  run.checks.flatMap((check) =>
    check.findings
      .filter((finding) => finding.severity === 'problem' && !isMuted(finding, muted))
      .map((finding) => ({ check, finding })),
  );

interface Headline {
  readonly emoji: string;
  readonly words: string;
}

function headline({ run, muted }: ResultView, groups: readonly Group[]): Headline {
  const problems = groups.reduce((sum, { findings }) => sum + findings.length, 0);
  const unread = run.checks.filter(({ outcome }) => outcome === 'unknown');
  const cancelled = unread.some(({ unknown }) => unknown?.code === 'check.cancelled');
  if (problems > 0)
    return {
      emoji: ':red_circle:',
      words: `${count(problems, 'problem')}${cancelled ? ', cancelled early' : ''}`,
    };
  if (cancelled) return { emoji: ':black_square_for_stop:', words: 'cancelled, nothing found so far' };
  if (unread.length > 0)
    return {
      emoji: ':large_yellow_circle:',
      words: `nothing found, but ${count(unread.length, 'check')} could not tell`,
    };
  if (run.checks.some(({ findings }) => findings.some((finding) => isMuted(finding, muted))))
    return { emoji: ':large_green_circle:', words: 'nothing found besides what is muted' };
  return { emoji: ':large_green_circle:', words: 'no problem found' };
}

const SUMMARY_CHARACTERS = 6000;
const SUMMARY_GROUPS = 12;

function summary(view: ResultView, groups: readonly Group[]): SlackMessage {
  const { run } = view;
  const { emoji, words } = headline(view, groups);
  const listed = listedGroups(groups, view);
  const left = groups.length - listed.length;
  const scope = view.scope === undefined ? '' : ` (${literal(view.scope)})`;
  return {
    text: oneLine(view, groups, words),
    blocks: blocksOf(
      section(`${emoji} *${escapeMrkdwn(run.cluster)}${scope}: ${words}*`),
      listed.flat(),
      left > 0 ? section(`…and ${count(left, 'more entry', 'more entries')}, in the thread.`) : undefined,
      changesLine(view),
      context(
        `${count(run.checks.length, 'check')} in ${seconds(run.durationMs)} · asked by ${mentionUser(view.requestedBy)} · ${when(run.startedAt)}`,
      ),
      listButtons(view),
    ),
  };
}

function oneLine({ run }: ResultView, groups: readonly Group[], words: string): string {
  const counts = countOutcomes(run.checks);
  const titles = groups.map(({ title }) => title).join('; ');
  const rest = [
    `${counts.clear} clear`,
    `${counts['not-applicable']} not applicable`,
    `${counts.unknown} unknown`,
    `${counts.advice} advice`,
  ].join(', ');
  return clip(`${run.cluster}: ${words}${titles === '' ? '' : ` (${titles})`}. ${rest}.`, 3000);
}

const seconds = (ms: number): string =>
  ms < 10_000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 1000)} s`;

function listedGroups(groups: readonly Group[], view: ResultView): KnownBlock[][] {
  const listed: KnownBlock[][] = [];
  let characters = 0;
  for (const group of groups.slice(0, SUMMARY_GROUPS)) {
    const blocks = groupLines(group, view);
    characters += charactersOf(blocks);
    if (characters > SUMMARY_CHARACTERS) break;
    listed.push(blocks);
  }
  return listed;
}

const LINES = 3;

function groupLines({ title, findings }: Group, view: ResultView): KnownBlock[] {
  const lines = findings
    .slice(0, LINES)
    .map((finding) => `• ${isFresh(finding, view) ? ':new: ' : ''}${literal(finding.message)}`);
  const left = findings.length - lines.length;
  return sections(
    [bold(escapeMrkdwn(title)), ...lines, ...(left > 0 ? [`• and ${left} more, in the thread`] : [])].join(
      '\n',
    ),
  );
}

const isFresh = (finding: Finding, { changes }: ResultView): boolean =>
  changes?.fresh.includes(findingKey(finding)) ?? false;

function changesLine({ changes }: ResultView): KnownBlock | undefined {
  if (changes === undefined) return undefined;
  const gone = changes.gone.map(({ message }) => literal(clip(message, 120)));
  return context(
    `Since ${when(changes.since)}: ${changes.fresh.length} new, ${changes.gone.length} gone, ${changes.unchanged} unchanged.${
      gone.length === 0
        ? ''
        : ` Gone: ${gone.slice(0, 3).join(' · ')}${gone.length > 3 ? ` and ${gone.length - 3} more` : ''}`
    }`,
  );
}

/** What can be listed on request, with how many there are; nothing of a kind = no button. */
export const outcomeLists = {
  unknown: 'Unknown',
  advice: 'Advice',
  clear: 'Clear',
  'not-applicable': 'Not applicable',
  muted: 'Muted',
  facts: 'Facts',
  blind: 'Not visible from here',
} as const;
export type OutcomeList = keyof typeof outcomeLists;

function listButtons(view: ResultView): KnownBlock[] {
  const { run, muted } = view;
  const counts = countOutcomes(run.checks);
  const of: Readonly<Record<OutcomeList, number>> = {
    unknown: counts.unknown,
    advice: counts.advice,
    clear: counts.clear,
    'not-applicable': counts['not-applicable'],
    muted: run.checks.flatMap(({ findings }) => findings).filter((finding) => isMuted(finding, muted)).length,
    facts: run.checks.flatMap(({ facts }) => facts).length,
    blind: view.blind,
  };
  const value = encodeValue('run', { r: view.runId });
  return actions(`lists:${view.runId}`, [
    ...(Object.keys(outcomeLists) as OutcomeList[])
      .filter((list) => of[list] > 0)
      .map((list) =>
        button(`${outcomeLists[list]} ${of[list]}`, { action: `${actionIds.listOutcome}:${list}`, value }),
      ),
    button('Check again', { action: actionIds.runAgain, value, label: `Check ${run.cluster} again` }),
  ]);
}

function groupMessages(
  group: Group,
  view: ResultView,
): { messages: SlackMessage[]; files: readonly SlackFile[] } {
  const shown = group.findings.map((finding) => findingBlocks(finding, { fresh: isFresh(finding, view) }));
  const ids = new Set(group.findings.map(({ id }) => id));
  const doc = group.doc === undefined ? '' : ` · ${link(group.doc.url, group.doc.title)}`;
  const head = section(`${bold(escapeMrkdwn(group.title))}${doc}`);
  const refused = view.refusals
    .filter(({ finding }) => ids.has(finding))
    .map(({ remediation, reason, hint }) =>
      context(
        `:no_entry_sign: No button for \`${remediation}\`: ${literal(reason)}${hint === undefined ? '' : ` ${literal(hint)}`}`,
      ),
    );
  return {
    messages: paginate(
      `${view.run.cluster}: ${group.title}: ${count(shown.length, 'finding')} with evidence.`,
      [[head, ...(shown[0]?.blocks ?? [])], ...shown.slice(1).map(({ blocks }) => blocks), refused],
    ),
    files: shown.flatMap(({ file }) => file ?? []),
  };
}

export interface OutcomeListView {
  readonly run: CheckRun;
  readonly list: OutcomeList;
  readonly muted: readonly Mute[];
  readonly blind: readonly { readonly title: string; readonly blind: string }[];
}

/** The checks or facts of one kind, as many messages as they need. */
export function outcomeListView(view: OutcomeListView): SlackMessage[] {
  const lines = listLines(view);
  const title = `${view.run.cluster}: ${outcomeLists[view.list].toLowerCase()}, ${lines.length}`;
  return paginate(title, [[section(bold(escapeMrkdwn(title)))], sections(lines.join('\n'))]);
}

function listLines({ run, list, muted, blind }: OutcomeListView): string[] {
  const named = ({ title, id }: CheckResult) => `*${escapeMrkdwn(title)}* \`${id}\``;
  const all = run.checks.flatMap((check) => check.findings.map((finding) => ({ check, finding })));
  switch (list) {
    case 'advice':
      return all
        .filter(({ finding }) => finding.severity === 'advice')
        .map(({ check, finding }) => `• ${named(check)}: ${literal(finding.message)}`);
    case 'muted':
      return all.flatMap(({ finding }) =>
        muted
          .filter((mute) => mute.finding === finding.id)
          .map(
            (mute) =>
              `• ${literal(finding.message)} \`${finding.id}\`: ${literal(mute.reason)} (${mentionUser(mute.by.user)}, until ${when(mute.until)})`,
          ),
      );
    case 'facts':
      return run.checks.flatMap(({ facts }) =>
        facts.map(({ label, value }) => `• *${escapeMrkdwn(label)}*: ${literal(value)}`),
      );
    case 'blind':
      return blind.map((entry) => `• *${escapeMrkdwn(entry.title)}*: ${escapeMrkdwn(entry.blind)}`);
    default:
      return run.checks
        .filter(({ outcome }) => outcome === list)
        .map((check) => `• ${named(check)}${reasonOf(check)}`);
  }
}

function reasonOf({ unknown, reason }: CheckResult): string {
  const why = unknown?.detail ?? reason;
  return why === undefined ? '' : `: ${literal(why)}`;
}
