import type { ClusterChange } from '../../../jobs/schedule/seen/compare-seen.js';
import { scheduleTexts } from '../../../texts/schedules.js';
import { verdictWords } from '../../../texts/verdict.js';
import { blocksOf, section } from '../../kit/blocks.js';
import type { KnownBlock, SlackMessage } from '../../kit/message.js';
import { clip, literal, literalUpTo } from '../../kit/writing/mrkdwn.js';
import { freshLines, mendedLines, unreadLine } from './change-lines.js';
import { emojiOf } from './emoji-of.js';
import { openButton } from './open-button.js';

const { report: texts } = scheduleTexts;
/** Lines of a phone before anything must be opened; the whole of it is behind the button. */
const FRESH = 5;
const MENDED = 5;

/** What changed on one cluster since the schedule's last run; of the first run, what it came to. */
export function oneClusterView(change: ClusterChange, foot: KnownBlock): SlackMessage {
  const { look, isFirst } = change;
  const title = isFirst
    ? texts.first(look.cluster, firstWords(change))
    : texts.ofOne(look.cluster, changeWords(change));
  const head = section(
    `${emojiOf([change])} *${literal(title)}*`,
    ...(look.dark === undefined ? [openButton(look)] : []),
  );
  if (isFirst) return { text: clip(title, 3000), blocks: blocksOf(head, foot) };
  const mended = mendedLines(change);
  const lines = [
    ...freshLines(change, FRESH),
    ...mended.slice(0, MENDED).map((line) => `:white_check_mark: ${texts.mendedOne(line)}`),
    ...(mended.length > MENDED ? [texts.moreOf(mended.length - MENDED)] : []),
    ...[unreadLine(change)].flatMap((line) => (line === undefined ? [] : [`:warning: ${line}`])),
  ];
  return {
    text: clip([title, ...lines.slice(0, 3)].join(' '), 3000),
    blocks: blocksOf(
      head,
      lines.length === 0 ? undefined : section(literalUpTo(lines.join('\n'), 2900)),
      foot,
    ),
  };
}

const firstWords = ({ look }: ClusterChange): string =>
  look.verdict === undefined || look.dark !== undefined
    ? texts.whyUnread(clip(look.dark ?? '', 200))
    : verdictWords(look.verdict);

function changeWords(change: ClusterChange): string {
  const { fresh, mended, turnedDark, readAgain, blind } = change;
  const words = [
    ...(turnedDark ? [texts.notRead] : []),
    ...(readAgain ? [texts.readAgain] : []),
    ...(fresh.length > 0 ? [texts.fresh(fresh.length)] : []),
    ...(mended.length > 0 ? [texts.mended(mended.length)] : []),
    ...(blind.length > 0 ? [texts.blind(blind.length)] : []),
  ];
  const news = words.length === 0 ? [texts.nothingNew] : words;
  return [...news, ...standing(change)].join(', ');
}

/** Besides the news: what is still there, or what the run comes to where nothing is. */
function standing({ look, fresh, still, turnedDark, blind }: ClusterChange): string[] {
  if (look.dark !== undefined) return turnedDark ? [] : [texts.notRead];
  if (still > 0) return [texts.still(still)];
  const isSaid = fresh.length > 0 || blind.length > 0 || look.verdict === undefined;
  return isSaid ? [] : [verdictWords(look.verdict)];
}
