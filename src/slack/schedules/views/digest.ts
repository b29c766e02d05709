import type { ClusterChange, ScheduleChanges } from '../../../jobs/schedule/seen/compare-seen.js';
import { scheduleTexts } from '../../../texts/schedules.js';
import { blocksOf, context, section } from '../../kit/blocks.js';
import type { KnownBlock, SlackMessage } from '../../kit/message.js';
import { bold, clip, escapeMrkdwn, literal, literalUpTo } from '../../kit/writing/mrkdwn.js';
import { freshLines, mendedLines, namesLine, unreadLine } from './change-lines.js';
import { appliesNot, emojiOf, isHealthy } from './emoji-of.js';
import { openButton } from './open-button.js';

const { report: texts } = scheduleTexts;
/** Clusters whose news has lines of its own; of the others, the names. */
const SHOWN = 8;
const CAUSES = 2;
const REASONS = 5;
/** Nobody is to take a cluster for healthy that could not be read: they are named, as far as a message holds them. */
const UNREAD_NAMES = 2000;

interface Digest {
  readonly changes: ScheduleChanges;
  readonly leftOut: readonly string[];
  readonly foot: KnownBlock;
}

/** Many clusters in one message: new causes on top, what was mended, what cannot be read, and the healthy in one line. */
export function digestView({ changes, leftOut, foot }: Digest): SlackMessage {
  const { clusters, since } = changes;
  const words = headline(clusters, since === undefined);
  const title = since === undefined ? texts.firstAll(words) : sentence(words);
  const worst = [...clusters].sort((a, b) => b.fresh.length - a.fresh.length);
  const fresh = worst.filter((change) => change.fresh.length > 0);
  return {
    text: clip([title, ...fresh.map(({ look }) => look.cluster).slice(0, 30)].join(' '), 3000),
    blocks: blocksOf(
      section(`${emojiOf(clusters)} *${literal(title)}*`),
      fresh.slice(0, SHOWN).map(freshBlock),
      lineOf(nameOf(fresh.slice(SHOWN)), (names) => `:red_circle: ${texts.moreClusters(names)}`),
      unreadBlocks(clusters),
      mendedBlock(clusters),
      restLines(changes, leftOut),
      foot,
    ),
  };
}

const sentence = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}`;

/** `3 new causes on 2 of 150 clusters, 1 mended` */
function headline(clusters: readonly ClusterChange[], isFirst: boolean): string {
  const fresh = sum(clusters, (change) => change.fresh.length);
  const having = clusters.filter((change) => change.fresh.length > 0).length;
  const mended = sum(clusters, (change) => change.mended.length);
  const dark = clusters.filter(({ turnedDark }) => turnedDark).length;
  const still = sum(clusters, (change) => change.still);
  const found = isFirst ? texts.causes(fresh) : texts.fresh(fresh);
  const parts = [
    ...(fresh > 0 ? [`${found} ${texts.on(having, clusters.length)}`] : []),
    ...(mended > 0 ? [texts.mended(mended)] : []),
    ...(dark > 0 ? [texts.unread(dark)] : []),
    ...(still > 0 ? [texts.still(still)] : []),
  ];
  if (parts.length > 0) return parts.join(', ');
  const concerned = clusters.filter((change) => !appliesNot(change));
  if (concerned.length === 0) return texts.appliesToNone(clusters.length);
  return concerned.every(isHealthy) ? texts.allHealthy(concerned.length) : texts.nothingNew;
}

const sum = (clusters: readonly ClusterChange[], of: (change: ClusterChange) => number): number =>
  clusters.reduce((total, change) => total + of(change), 0);

const freshBlock = (change: ClusterChange): KnownBlock =>
  section(
    [bold(escapeMrkdwn(change.look.cluster)), ...freshLines(change, CAUSES)].join('\n'),
    openButton(change.look),
  );

const nameOf = (changes: readonly ClusterChange[]): string[] => changes.map(({ look }) => look.cluster);

const lineOf = (
  names: readonly string[],
  line: (names: string) => string,
  most?: number,
): KnownBlock | undefined =>
  names.length === 0 ? undefined : section(line(escapeMrkdwn(namesLine(names, most))));

/** Each that turned unreadable by its name and why; beyond those shown, by name. */
function unreadBlocks(clusters: readonly ClusterChange[]): KnownBlock[] {
  const all = clusters.flatMap((change) => {
    const line = unreadLine(change);
    return line === undefined ? [] : [{ cluster: change.look.cluster, line }];
  });
  return blocksOf(
    all
      .slice(0, REASONS)
      .map(({ cluster, line }) => section(`:grey_question: ${named(cluster)} · ${literalUpTo(line, 300)}`)),
    lineOf(
      all.slice(REASONS).map(({ cluster }) => cluster),
      (names) => `:grey_question: ${texts.moreUnread(names)}`,
      UNREAD_NAMES,
    ),
  );
}

const named = (cluster: string): string => bold(escapeMrkdwn(cluster));

function mendedBlock(clusters: readonly ClusterChange[]): KnownBlock | undefined {
  const lines = clusters.flatMap((change) =>
    mendedLines(change).map(
      (line) => `:white_check_mark: ${named(change.look.cluster)} · ${literal(texts.mendedOne(line))}`,
    ),
  );
  if (lines.length === 0) return undefined;
  const more = lines.length > SHOWN ? [texts.moreOf(lines.length - SHOWN)] : [];
  return section([...lines.slice(0, SHOWN), ...more].join('\n'));
}

/** What is no news: a line each. */
function restLines({ clusters, gone }: ScheduleChanges, leftOut: readonly string[]): KnownBlock[] {
  const still = clusters
    .filter((change) => change.still > 0)
    .map((change) => texts.counted(change.look.cluster, change.still));
  const dark = nameOf(clusters.filter(({ look, turnedDark }) => look.dark !== undefined && !turnedDark));
  const open = nameOf(
    clusters.filter(({ look }) => look.verdict?.outcome === 'open' || look.verdict?.outcome === 'recovering'),
  );
  const again = nameOf(clusters.filter(({ readAgain }) => readAgain));
  const healthy = nameOf(clusters.filter(isHealthy));
  const beside = nameOf(clusters.filter(appliesNot));
  return blocksOf(
    lineOf(dark, (names) => `:grey_question: ${texts.stillUnread(names)}`, UNREAD_NAMES),
    lineOf(again, (names) => `:white_check_mark: ${texts.readableAgain(names)}`),
    lineOf(still, (names) => `:red_circle: ${texts.stillThere(names)}`),
    lineOf(open, (names) => `:large_yellow_circle: ${texts.openOn(names)}`),
    lineOf(healthy, (names) => `:large_green_circle: ${texts.healthy(healthy.length, names)}`),
    lineOf(beside, (names) => `:heavy_minus_sign: ${texts.notApplicable(names)}`),
    gone.length === 0 ? undefined : context(texts.goneClusters(escapeMrkdwn(namesLine(gone)))),
    leftOut.length === 0 ? undefined : context(texts.leftOut(leftOut.length)),
  );
}
