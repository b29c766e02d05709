import type { FleetRow } from '../../../jobs/fleet/fleet-row.js';
import type { FleetJob } from '../../../jobs/queues/payloads.js';
import { mask } from '../../../masking/mask.js';
import { fleetTexts } from '../../../texts/fleets.js';
import { actionIds } from '../../kit/action-ids.js';
import { encodeValue } from '../../kit/action-values.js';
import { paginate } from '../../kit/block-budget.js';
import { actions, blocksOf, button, charactersOf, context, section } from '../../kit/blocks.js';
import type { KnownBlock, Posting, SlackFile, SlackMessage } from '../../kit/message.js';
import { bold, clip, code, literal, mentionUser, when } from '../../kit/writing/mrkdwn.js';
import { type FleetItem, fleetItems } from './fleet-lines.js';

/** Leaves room in the message for what stands around the clusters. */
const FIRST = { blocks: 38, characters: 7000 } as const;
/** More than this would bury the thread; a file takes the rest. */
const PAGES = 8;
const NAMED = 10;

/** Clusters as they come in, worst first. */
export function fleetProgressView(fleet: FleetJob, rows: readonly FleetRow[]): SlackMessage {
  const { shown, left } = split(fleetItems(rows, []));
  const state = fleetTexts.done(rows.length, fleet.clusters.length);
  const subject = subjectOf(fleet);
  return {
    text: `${fleetTexts.looking(subject)}: ${state}.`,
    blocks: blocksOf(
      section(`:hourglass_flowing_sand: ${bold(fleetTexts.looking(literal(subject)))} · ${state}`),
      rows.length === 0 ? undefined : context(countsLine(rows)),
      shown.map(({ block }) => block),
      left.length === 0 ? undefined : section(fleetTexts.moreAtTheEnd(clustersOf(left))),
      context(waitingFor(fleet, rows)),
      foot(fleet),
      actions(`fleet:${fleet.fleetId}`, [
        button(fleetTexts.cancel, {
          action: actionIds.cancelFleet,
          value: encodeValue('run', { r: fleet.fleetId }),
          label: fleetTexts.cancelLooking(subject),
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
  const rest = fleetTexts.moreInThread(clustersOf(left));
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
  checks.length === 0
    ? fleetTexts.allChecks
    : checks.length <= 3
      ? checks.join(', ')
      : fleetTexts.manyChecks(checks.length);

function headline(rows: readonly FleetRow[], whole: boolean): { emoji: string; words: string } {
  const says = fleetTexts.headline;
  const all = rows.length;
  const of = (wanted: FleetRow['outcome']) => rows.filter(({ outcome }) => outcome === wanted).length;
  const isCancelled = rows.some(({ cancelled }) => cancelled);
  const early = isCancelled ? says.early : '';
  if (of('found') > 0) {
    const words = whole ? says.problems(of('found'), all) : says.found(of('found'), all);
    return { emoji: ':red_circle:', words: `${words}${early}` };
  }
  const isTold = of('unknown') < all;
  if (isCancelled) {
    const words = isTold ? says.cancelledSoFar(all) : says.cancelledUnknown(all);
    return { emoji: ':octagonal_sign:', words };
  }
  if (of('unknown') > 0) {
    const words = isTold ? says.someUnknown(of('unknown'), all) : says.allUnknown(all);
    return { emoji: ':large_yellow_circle:', words };
  }
  if (of('not-applicable') === all) return { emoji: ':large_green_circle:', words: says.appliesToNone(all) };
  const muted = rows.some((row) => row.muted > 0) ? says.besidesMuted : '';
  const words = whole ? says.noProblem(all) : says.foundOnNone(all);
  return { emoji: ':large_green_circle:', words: `${words}${muted}` };
}

function countsLine(rows: readonly FleetRow[]): string {
  const of = (wanted: FleetRow['outcome']) => rows.filter(({ outcome }) => outcome === wanted).length;
  return fleetTexts
    .counts({
      found: of('found'),
      unknown: of('unknown'),
      clear: of('clear'),
      notApplicable: of('not-applicable'),
      muted: rows.filter((row) => row.muted > 0).length,
    })
    .join(' · ');
}

function textOf(subject: string, words: string, rows: readonly FleetRow[]): string {
  const having = rows.filter(({ outcome }) => outcome === 'found').map(({ cluster }) => cluster);
  const names = having.length === 0 ? '' : ` (${clip(having.join(', '), 500)})`;
  return `${subject}: ${words}${names}. ${countsLine(rows).replaceAll(' · ', ', ')}.`;
}

function waitingFor({ clusters }: FleetJob, rows: readonly FleetRow[]): string {
  const done = new Set(rows.map(({ cluster }) => cluster));
  const left = clusters.map(({ name }) => name).filter((name) => !done.has(name));
  if (left.length === 0) return fleetTexts.allAreDone;
  return left.length > NAMED
    ? fleetTexts.stillToCome(left.length)
    : fleetTexts.stillToComeNamed(literal(left.join(', ')));
}

function foot(fleet: FleetJob): KnownBlock[] {
  const which = fleet.checks.length > 3 ? [fleetTexts.checks(fleet.checks.map(code).join(', '))] : [];
  const asked = fleetTexts.askedBy(mentionUser(fleet.requestedBy.user), when(fleet.startedAt));
  return blocksOf(context(...which, asked));
}

const clustersOf = (items: readonly FleetItem[]): number =>
  items.reduce((sum, { clusters }) => sum + clusters, 0);

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
    fleetTexts.otherClusters(subject),
    left.map(({ block }) => [block]),
  );
  if (pages.length <= PAGES) return { more: pages, files: [] };
  const file: SlackFile = {
    name: 'clusters.txt',
    title: fleetTexts.allOtherClusters(subject),
    content: left.map(({ plain }) => mask(plain)).join('\n'),
  };
  const note = fleetTexts.inTheFile(file.name);
  return { more: [...pages.slice(0, PAGES), { text: note, blocks: [context(note)] }], files: [file] };
}
