import type { ClusterChange } from '../../../jobs/schedule/seen/compare-seen.js';
import type { Told } from '../../../jobs/schedule/seen/seen.js';
import { checkTexts } from '../../../texts/checks.js';
import { scheduleTexts } from '../../../texts/schedules.js';
import { causeLine } from '../../checks/views/result-view.js';
import { clip } from '../../kit/writing/mrkdwn.js';

const { report: texts } = scheduleTexts;

const LINE = 110;
const WHY = 160;

/** What is new of one cluster, a line a cause; of more than `most` the number. Plain, as all of these. */
export function freshLines({ fresh }: ClusterChange, most: number): string[] {
  const lines = fresh.slice(0, most).map((cause) => `• ${causeLine(cause)}`);
  return fresh.length > most ? [...lines, texts.moreOf(fresh.length - most)] : lines;
}

/** What was told before and is no more. */
export const mendedLines = ({ mended }: ClusterChange): string[] => mended.map(mendedLine);

function mendedLine(group: readonly Told[]): string {
  const [first] = group;
  if (first === undefined) return '';
  const others = new Set(group.map(({ object }) => object)).size - 1;
  const rest = others === 0 ? '' : checkTexts.cause.moreLike(others, first.kind);
  return `${clip(first.line, LINE - rest.length)}${rest}`;
}

/** That it could not be read, or not all of it; in a line, where that is news. */
export function unreadLine({ look, turnedDark, blind }: ClusterChange): string | undefined {
  if (turnedDark) return texts.whyUnread(clip(look.dark ?? '', WHY));
  const [first] = blind;
  return first && texts.whyBlind(blind.length, clip(first.why, WHY));
}

/** Names in a line, as many as fit; the others are counted. */
export function namesLine(names: readonly string[], most = 300): string {
  let room = most;
  const end = names.findIndex((name) => {
    room -= name.length + 2;
    return room < 0;
  });
  if (end < 0) return names.join(', ');
  const shown = Math.max(1, end);
  return texts.andMore(names.slice(0, shown).join(', '), names.length - shown);
}
