import type { Schedule } from '../../../jobs/schedule/schedule.js';
import { scheduleTexts } from '../../../texts/schedules.js';
import { listView } from '../../kit/list-view.js';
import type { SlackMessage } from '../../kit/message.js';
import { bold, literal, mentionUser, when } from '../../kit/writing/mrkdwn.js';
import { whatOf } from '../schedule-words.js';

const { list, told, why } = scheduleTexts;

export interface ScheduleLine {
  readonly schedule: Schedule;
  readonly isHere: boolean;
  readonly next?: Date | undefined;
}

export const schedulesView = (lines: readonly ScheduleLine[]): SlackMessage[] =>
  listView(list.title, lines.map(scheduleLine), list.none);

/** As lists of schedules have it. */
export function scheduleLine({ schedule, isHere, next }: ScheduleLine): string {
  const { ended, by, always, channel } = schedule;
  const head = `${bold(literal(whatOf(schedule)))} ${literal(schedule.when)}`;
  const parts = [
    ended === undefined ? head : `~${head}~`,
    isHere ? list.here : channel.startsWith('D') ? list.inDirect : `<#${channel}>`,
    ...(always ? [list.always] : []),
    ...(next === undefined ? [] : [told.next(when(next))]),
    by === undefined ? told.byFile : told.by(mentionUser(by.user)),
    ...(ended === undefined ? [] : [`${endedWords(ended)} ${when(ended.at)}`]),
  ];
  return `• ${parts.join(' · ')}`;
}

const endedWords = ({ why: reason, by }: NonNullable<Schedule['ended']>): string =>
  by === undefined ? why[reason] : `${why[reason]} ${told.by(mentionUser(by.user))}`;
