import type { FleetRow } from '../../../jobs/fleet/fleet-row.js';
import type { FleetJob } from '../../../jobs/payloads.js';
import { mask } from '../../../masking/mask.js';
import { count } from '../../../texts/count.js';
import { actionIds } from '../../kit/action-ids.js';
import { encodeValue } from '../../kit/action-values.js';
import { charactersOf, paginate } from '../../kit/block-budget.js';
import { actions, blocksOf, button, context, section } from '../../kit/blocks.js';
import type { KnownBlock, Posting, SlackFile, SlackMessage } from '../../kit/message.js';
import { bold, clip, code, literal, mentionUser, when } from '../../kit/mrkdwn.js';
import { type FleetItem, fleetItems } from './fleet-lines.js';

/** Leaves room in the message for what stands around the clusters. */
const FIRST = { blocks: 38, characters: 7000 } as const;
/** More than this would bury the thread; a file takes the rest. */
const PAGES = 8;
const NAMED = 10;

/** Clusters as they come in, worst first. */
export function fleetProgressView(fleet: FleetJob, rows: readonly FleetRow[]): SlackMessage {
  const { shown, left } = split(fleetItems(rows, []));
  const state = `${rows.length} of ${count(fleet.clusters.length, 'cluster')} done`;
  const subject = subjectOf(fleet);
  return {
    text: `Looking for ${subject}: ${state}.`,
    blocks: blocksOf(
      section(`:hourglass_flowing_sand: ${bold(`Looking for ${literal(subject)}`)} · ${state}`),
      rows.length === 0 ? undefined : context(countsLine(rows)),
      shown.map(({ block }) => block),
      left.length === 0 ? undefined : section(`…and ${clustersOf(left)} more, in the thread at the end.`),
      context(waitingFor(fleet, rows)),
      foot(fleet),
      actions(`fleet:${fleet.fleetId}`, [
        button('Cancel', {
          action: actionIds.cancelFleet,
          value: encodeValue('run', { r: fleet.fleetId }),
          label: `Cancel looking for ${subject}`,
        }),
      ]),
    ),
  };
}

/** Outcome first, then the clusters, worst first; what one message cannot hold follows in the thread. */
export function fleetResultView(fleet: FleetJob, rows: readonly FleetRow[]): Posting {
  const { emoji, words } = headline(rows, fleet.checks.length === 0);
  const subject = subjectOf(fleet);
  const { shown, left } = split(fleetItems(rows, fleet.leftOut));
  const rest = `…and ${clustersOf(left)} more, in the thread.`;
  return {
    first: {
      text: textOf(subject, words, rows),
      blocks: blocksOf(
        section(`${emoji} *${literal(subject)}: ${words}*`),
        context(countsLine(rows)),
        shown.map(({ block }) => block),
        left.length === 0 ? undefined : section(rest),
        foot(fleet),
      ),
    },
    ...remainder(subject, left),
  };
}

const subjectOf = ({ checks }: FleetJob): string =>
  checks.length === 0 ? 'all checks' : checks.length <= 3 ? checks.join(', ') : `${checks.length} checks`;

function headline(rows: readonly FleetRow[], whole: boolean): { emoji: string; words: string } {
  const all = count(rows.length, 'cluster');
  const of = (wanted: FleetRow['outcome']) => rows.filter(({ outcome }) => outcome === wanted).length;
  const early = rows.some(({ cancelled }) => cancelled) ? ', cancelled early' : '';
  if (of('found') > 0)
    return {
      emoji: ':red_circle:',
      words: `${whole ? 'problems' : 'found'} on ${of('found')} of ${all}${early}`,
    };
  const isTold = of('unknown') < rows.length;
  if (early !== '')
    return {
      emoji: ':octagonal_sign:',
      words: isTold
        ? `cancelled; found on none of ${all} so far`
        : `cancelled before anything was known of ${all}`,
    };
  if (of('unknown') > 0)
    return {
      emoji: ':large_yellow_circle:',
      words: isTold
        ? `found on none, but unknown on ${of('unknown')} of ${all}`
        : `could not be told of any of ${all}`,
    };
  if (of('not-applicable') === rows.length)
    return { emoji: ':large_green_circle:', words: `applies to none of ${all}` };
  const muted = rows.some((row) => row.muted > 0) ? ', besides what is muted' : '';
  return {
    emoji: ':large_green_circle:',
    words: `${whole ? 'no problem' : 'found'} on ${whole ? 'any' : 'none'} of ${all}${muted}`,
  };
}

function countsLine(rows: readonly FleetRow[]): string {
  const of = (wanted: FleetRow['outcome']) => rows.filter(({ outcome }) => outcome === wanted).length;
  const muted = rows.filter((row) => row.muted > 0).length;
  return [
    `${of('found')} found`,
    `${of('unknown')} unknown`,
    `${of('clear')} clear`,
    `${of('not-applicable')} not applicable`,
    ...(muted > 0 ? [`${muted} with muted findings`] : []),
  ].join(' · ');
}

function textOf(subject: string, words: string, rows: readonly FleetRow[]): string {
  const having = rows.filter(({ outcome }) => outcome === 'found').map(({ cluster }) => cluster);
  const names = having.length === 0 ? '' : ` (${clip(having.join(', '), 500)})`;
  return `${subject}: ${words}${names}. ${countsLine(rows).replaceAll(' · ', ', ')}.`;
}

function waitingFor({ clusters }: FleetJob, rows: readonly FleetRow[]): string {
  const done = new Set(rows.map(({ cluster }) => cluster));
  const left = clusters.map(({ name }) => name).filter((name) => !done.has(name));
  if (left.length === 0) return 'All are done.';
  return left.length > NAMED
    ? `${left.length} still to come.`
    : `Still to come: ${literal(left.join(', '))}.`;
}

function foot(fleet: FleetJob): KnownBlock[] {
  const which = fleet.checks.length > 3 ? [`Checks: ${fleet.checks.map(code).join(', ')}`] : [];
  const asked = `Asked by ${mentionUser(fleet.requestedBy.user)} · ${when(fleet.startedAt)}`;
  return blocksOf(context(...which, asked));
}

const clustersOf = (items: readonly FleetItem[]): string =>
  count(
    items.reduce((sum, { clusters }) => sum + clusters, 0),
    'cluster',
  );

function split(items: readonly FleetItem[]): { shown: readonly FleetItem[]; left: readonly FleetItem[] } {
  let characters = 0;
  const end = items.findIndex(({ block }, index) => {
    characters += charactersOf(block);
    return index >= FIRST.blocks || characters > FIRST.characters;
  });
  return end < 0 ? { shown: items, left: [] } : { shown: items.slice(0, end), left: items.slice(end) };
}

function remainder(subject: string, left: readonly FleetItem[]): Pick<Posting, 'more' | 'files'> {
  const pages = paginate(
    `${subject}: the other clusters`,
    left.map(({ block }) => [block]),
  );
  if (pages.length <= PAGES) return { more: pages, files: [] };
  const file: SlackFile = {
    name: 'clusters.txt',
    title: `${subject}: all the other clusters`,
    content: left.map(({ plain }) => mask(plain)).join('\n'),
  };
  const note = `The other clusters, all of them, are in the file \`${file.name}\`.`;
  return { more: [...pages.slice(0, PAGES), { text: note, blocks: [context(note)] }], files: [file] };
}
