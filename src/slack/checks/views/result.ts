import { countOutcomes, type OutcomeCounts } from '../../../engine/checking/check-run.js';
import { type RunOutcome, runOutcome } from '../../../engine/checking/run-outcome.js';
import { clockWarning } from '../../../engine/checking/server-time.js';
import { count } from '../../../texts/count.js';
import { actionIds } from '../../kit/action-ids.js';
import { encodeValue } from '../../kit/action-values.js';
import { charactersOf, packMessages } from '../../kit/block-budget.js';
import { actions, blocksOf, button, context, section, sections } from '../../kit/blocks.js';
import { menu } from '../../kit/menu.js';
import type { KnownBlock, Posting, SlackMessage } from '../../kit/message.js';
import { bold, clip, escapeMrkdwn, literal, literalUpTo, mentionUser, when } from '../../kit/mrkdwn.js';
import { isMuted, type OutcomeList, outcomeLists } from './outcome-lists.js';
import { recoveringLines } from './recovering.js';
import { type Group, groupFindings, isFresh, type ResultView } from './result-groups.js';
import { groupMessages } from './result-thread.js';
import { unreadCauses } from './unread-causes.js';

/** Outcome first, worst first, grouped by entry; evidence follows in the thread. */
export function resultView(view: ResultView): Posting {
  const groups = groupFindings(view);
  const thread = groups.map((group) => groupMessages(group, view));
  return {
    first: summary(view, groups),
    more: packMessages(thread.flatMap(({ messages }) => messages)),
    files: thread.flatMap(({ files }) => files),
  };
}

interface Headline {
  readonly emoji: string;
  readonly words: string;
}

function headline({ run, muted }: ResultView, groups: readonly Group[]): Headline {
  const problems = groups.reduce((sum, { findings }) => sum + findings.length, 0);
  const unread = run.checks.filter(({ outcome }) => outcome === 'unknown');
  const outcome = runOutcome(run.checks, problems);
  if (unread.some(({ unknown }) => unknown?.code === 'check.cancelled'))
    return cancelledHeadline(outcome, problems);
  switch (outcome) {
    case 'found':
      return { emoji: ':red_circle:', words: count(problems, 'problem') };
    case 'unread':
      return { emoji: ':large_yellow_circle:', words: 'not readable, so nothing is known of it' };
    case 'open':
      return {
        emoji: ':large_yellow_circle:',
        words: `nothing found, but ${count(unread.length, 'check')} could not tell`,
      };
    case 'recovering':
      return {
        emoji: ':large_yellow_circle:',
        words: `nothing else found, ${count(run.recovering?.length ?? 0, 'pod')} recovering`,
      };
    case 'clear':
      return { emoji: ':large_green_circle:', words: clearWords(run, muted) };
  }
}

function cancelledHeadline(outcome: RunOutcome, problems: number): Headline {
  if (outcome === 'found')
    return { emoji: ':red_circle:', words: `${count(problems, 'problem')}, cancelled early` };
  const words =
    outcome === 'unread' ? 'cancelled before anything was known' : 'cancelled, nothing found so far';
  return { emoji: ':octagonal_sign:', words };
}

const clearWords = ({ checks }: ResultView['run'], muted: ResultView['muted']): string =>
  checks.some(({ findings }) => findings.some((finding) => isMuted(finding, muted)))
    ? 'nothing found besides what is muted'
    : 'no problem found';

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
      recoveringLines(run),
      clockLine(run),
      unreadLines(run),
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
  const rest = countsLine(counts).replaceAll(' · ', ', ');
  const [cause] = unreadCauses(run);
  const why = cause === undefined ? '' : ` ${clip(cause, 300)}`;
  return clip(`${run.cluster}: ${words}${titles === '' ? '' : ` (${titles})`}. ${rest}.${why}`, 3000);
}

const clockLine = ({ clockOffsetSeconds: offset }: ResultView['run']): KnownBlock | undefined =>
  offset === undefined ? undefined : context(`:warning: ${literal(clockWarning(offset))}`);

const UNREAD_CAUSES = 3;

function unreadLines(run: ResultView['run']): KnownBlock[] {
  const causes = unreadCauses(run).slice(0, UNREAD_CAUSES);
  return causes.map((cause) => context(`:warning: ${literalUpTo(cause, LINE)}`));
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

/** Longer ones are whole in the thread. */
const LINE = 600;
const LINES = 3;

function groupLines({ title, findings }: Group, view: ResultView): KnownBlock[] {
  const lines = findings
    .slice(0, LINES)
    .map((finding) => `• ${isFresh(finding, view) ? ':new: ' : ''}${literalUpTo(finding.message, LINE)}`);
  const left = findings.length - lines.length;
  return sections(
    [bold(escapeMrkdwn(title)), ...lines, ...(left > 0 ? [`• and ${left} more, in the thread`] : [])].join(
      '\n',
    ),
  );
}

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
  const lists = (Object.keys(outcomeLists) as OutcomeList[]).filter((list) => of[list] > 0);
  const rest = lists.filter((list) => !upFront.includes(list));
  return blocksOf(
    context(countsLine(counts)),
    actions(`lists:${view.runId}`, [
      ...lists
        .filter((list) => upFront.includes(list))
        .map((list) =>
          button(`${outcomeLists[list]} ${of[list]}`, { action: `${actionIds.listOutcome}:${list}`, value }),
        ),
      ...menu(
        'Show…',
        actionIds.pickList,
        rest.map((list) => ({ text: `${outcomeLists[list]} (${of[list]})`, value: list })),
      ),
      button('Check again', { action: actionIds.runAgain, value, label: `Check ${run.cluster} again` }),
    ]),
  );
}

/** What may need someone has a button of its own; the rest is in a menu. */
const upFront: readonly OutcomeList[] = ['unknown', 'advice', 'muted'];

const countsLine = (counts: OutcomeCounts): string =>
  [
    `${counts.clear} clear`,
    `${counts['not-applicable']} not applicable`,
    `${counts.unknown} unknown`,
    `${counts.advice} advice`,
  ].join(' · ');
